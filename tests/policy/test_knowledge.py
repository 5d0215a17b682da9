"""What was known stays known: rows in days and in knowledge, whatever is published in whatever order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import DateRange, TimestamptzRange

from accounts.models import User
from policy import clock
from policy.change_sets.restoring import roll_back
from policy.change_sets.uploading import changes_of
from policy.drafts import Draft, known_now
from policy.models import PartBDeductible, PaymentAmount, Publication, ZipLocality
from policy.publishing import next_moment, one_publication_at_a_time, publish
from policy.readers import known_to, rows_in_force
from policy.refusals import Refused
from policy.registry import AMOUNTS
from policy.revisions import gaps, overlaps, revise
from tests.factories.policy import publish_changes, publish_proposed

FIRST = dt.date(2026, 1, 1)
DAYS = 12
CODES = ("G0068", "G0088")
#: Code, first day, length in days (None: open), cents.
Said = tuple[str, int, int | None, int]

a_row: st.SearchStrategy[Said] = st.tuples(
    st.sampled_from(CODES),
    st.integers(0, DAYS - 1),
    st.one_of(st.none(), st.integers(1, 5)),
    st.integers(100, 104),
)
a_publication = st.lists(a_row, min_size=1, max_size=3)
some_publications = st.lists(a_publication, min_size=1, max_size=5)

Known = dict[tuple[str, dt.date], tuple[int, str]]

#: Each example undoes what it did, so that the fixture need not be made anew.
examples = settings(
    max_examples=min(settings.default.max_examples, 300),  # the database takes its time
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def draft(said: Said) -> Draft:
    code, offset, length, cents = said
    start = FIRST + dt.timedelta(days=offset)
    content = {
        "hcpcs": code,
        "locality": "",
        "amount": cents,
        "method": "",
        "source": "Test",
        "basis": "published",
        "note": "",
    }
    return Draft(content, start, start + dt.timedelta(days=length - 1) if length else None)


def days() -> Iterator[tuple[str, dt.date]]:
    return ((code, FIRST + dt.timedelta(days=day)) for code in CODES for day in range(DAYS + 3))


def on_days(rows: Iterable[PaymentAmount]) -> Known:
    """What rows say of each day: the amount, and the row that says it."""
    found = list(rows)
    return {
        (code, day): (int(row.amount), row.version)
        for code, day in days()
        for row in found
        if row.hcpcs == code and row.holds_on(day)
    }


def known(publication: Publication) -> Known:
    return on_days(PaymentAmount.objects.filter(known_to(publication.pk)))


def apart(said: list[Said]) -> list[Draft]:
    """The rows, without those that overlap a row before them."""
    drafts: list[Draft] = []
    for one in map(draft, said):
        same = [other for other in drafts if other.key(AMOUNTS) == one.key(AMOUNTS)]
        if not any(one.overlaps(other) for other in same):
            drafts.append(one)
    return drafts


def make_known(said: list[Said]) -> tuple[Publication, list[Draft]]:
    """Publishes rows, leaving out those that overlap a row before them."""
    with one_publication_at_a_time():
        drafts = apart(said)
        revision = revise(AMOUNTS, known_now(AMOUNTS), drafts)
        return publish([revision], by=None, source="Test", reason="Test"), drafts


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that leaves nothing, for one example among many."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@examples
@given(said=some_publications)
def test_what_was_known_never_changes(today: dt.date, said: list[list[Said]]) -> None:
    with undone():
        history: list[tuple[Publication, Known]] = []
        for rows in said:
            publication, _ = make_known(rows)
            history.append((publication, known(publication)))
        for publication, then in history:
            assert known(publication) == then
            assert on_days(PaymentAmount.objects.filter(known__contains=publication.published_at)) == then


@examples
@given(said=some_publications)
def test_new_rows_hold_on_their_days_and_others_stay(today: dt.date, said: list[list[Said]]) -> None:
    with undone():
        before: Known = {}
        for rows in said:
            publication, drafts = make_known(rows)
            after = known(publication)
            for one in drafts:
                for key, day in days():
                    if key == one.content["hcpcs"] and one.start <= day and (one.end is None or day <= one.end):
                        assert after[key, day][0] == one.content["amount"]
            first = {code: min((d.start for d in drafts if d.content["hcpcs"] == code), default=None) for code in CODES}
            for (code, day), (cents, _) in before.items():
                if first[code] is None or day < first[code]:
                    assert after[code, day][0] == cents
            before = after


@examples
@given(said=some_publications)
def test_rows_known_at_one_time_never_overlap(today: dt.date, said: list[list[Said]]) -> None:
    with undone():
        for rows in said:
            make_known(rows)
            assert not overlaps({key: list(found) for key, found in known_now(AMOUNTS).items()})


@examples
@given(said=a_publication)
def test_the_same_rows_again_change_nothing(today: dt.date, said: list[Said]) -> None:
    with undone():
        _, drafts = make_known(said)
        again = revise(AMOUNTS, known_now(AMOUNTS), drafts)
        assert not again
        assert again.unchanged == len(drafts)


a_step = st.one_of(st.just(None), a_publication)


@settings(examples, max_examples=min(settings.default.max_examples, 100))
@given(steps=st.lists(a_step, min_size=2, max_size=6))
def test_change_sets_and_roll_backs_never_change_what_was_known(
    today: dt.date, administrator: User, steps: list[list[Said] | None]
) -> None:
    """A step publishes a change set of rows, or (None) rolls back what was published last; some are refused."""
    with undone():
        history: list[tuple[Publication, Known]] = []
        undoable: list[tuple[Publication, Known]] = []
        for rows in steps:
            before = on_days(PaymentAmount.objects.filter(superseded_in=None))
            try:
                with transaction.atomic():
                    publication = by_change_set(rows, undoable, administrator)
            except Refused as refused:
                assert refused.code in ("gap", "no_change")
                assert on_days(PaymentAmount.objects.filter(superseded_in=None)) == before
                continue
            after = known(publication)
            history.append((publication, after))
            if rows is None:
                assert amounts(after) == amounts(undoable.pop()[1])
            else:
                undoable.append((publication, before))
            found = {key: list(spans) for key, spans in known_now(AMOUNTS).items()}
            assert not overlaps(found)
            assert not gaps(found)
        for publication, then in history:
            assert known(publication) == then


def by_change_set(
    rows: list[Said] | None, undoable: list[tuple[Publication, Known]], administrator: User
) -> Publication:
    """Publishes rows as a change set, or the roll-back of the last that was not rolled back."""
    if rows is not None:
        changes, _ = changes_of(AMOUNTS, apart(rows))
        return publish_changes(*(change for _, change in changes), by=administrator)
    if not undoable:
        raise Refused("There is nothing to roll back.", "no_change")
    undoing = roll_back(undoable[-1][0].change_set, by=administrator, reason="A test")
    return publish_proposed(undoing, by=administrator)


def amounts(said: Known) -> dict[tuple[str, dt.date], int]:
    return {place: cents for place, (cents, _) in said.items()}


def test_publications_at_one_moment_make_no_empty_spans(today: dt.date, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    first, _ = make_known([("G0088", 0, None, 100)])
    second, _ = make_known([("G0088", 0, None, 101)])
    third, _ = make_known([("G0088", 0, None, 102)])
    assert first.published_at < second.published_at < third.published_at
    assert not PaymentAmount.objects.filter(known__isempty=True).exists()


def test_moving_the_business_date_back_does_not_turn_knowledge_around(today: dt.date) -> None:
    first, _ = make_known([("G0088", 0, None, 100)])
    clock.set_today(today - dt.timedelta(days=30))
    second, _ = make_known([("G0088", 0, None, 101)])
    assert second.published_at > first.published_at
    assert next_moment() > second.published_at


def test_what_applied_on_a_day_as_known_on_another(today: dt.date) -> None:
    make_known([("G0088", 0, None, 100)])
    clock.set_today(today + dt.timedelta(days=10))
    make_known([("G0088", 5, None, 101)])
    day = FIRST + dt.timedelta(days=6)
    assert rows_in_force(PaymentAmount, day).get().amount == 101
    assert rows_in_force(PaymentAmount, day, today + dt.timedelta(days=10)).get().amount == 101
    assert rows_in_force(PaymentAmount, day, today).get().amount == 100
    assert not rows_in_force(PaymentAmount, day, today - dt.timedelta(days=1)).exists()


def amount(publication: Publication, days: DateRange, known: TimestamptzRange, **more: object) -> PaymentAmount:
    return PaymentAmount(
        hcpcs="G0088",
        amount=1,
        in_force=days,
        known=known,
        source="Test",
        published_in=publication,
        **{"basis": "published", **more},
    )


@pytest.fixture
def publication(today: dt.date) -> Publication:
    return Publication.objects.create(published_at=clock.now(), source="Test", reason="Test")


def refused(constraint: str) -> pytest.RaisesExc[IntegrityError]:
    return pytest.raises(IntegrityError, match=constraint)


def test_the_database_refuses_two_rows_of_a_code_on_a_day(publication: Publication) -> None:
    now = TimestamptzRange(clock.now(), None)
    amount(publication, DateRange(FIRST, None), now).save()
    with refused("policy_amount_no_overlap"):
        amount(publication, DateRange(FIRST + dt.timedelta(days=40), None), now).save()


def test_the_database_allows_the_same_days_in_other_knowledge(publication: Publication) -> None:
    moment = clock.now()
    amount(publication, DateRange(FIRST, None), TimestamptzRange(None, moment)).save()
    amount(publication, DateRange(FIRST, None), TimestamptzRange(moment, None)).save()


def test_the_database_refuses_two_deductibles_on_a_day(publication: Publication) -> None:
    row = {"amount": 1, "source": "Test", "basis": "published", "published_in": publication}
    now = TimestamptzRange(clock.now(), None)
    PartBDeductible.objects.create(in_force=DateRange(FIRST, None), known=now, **row)
    with refused("policy_deductible_no_overlap"):
        PartBDeductible.objects.create(in_force=DateRange(FIRST, None), known=now, **row)


def test_the_database_refuses_two_localities_of_a_zip(publication: Publication) -> None:
    row = {"zip5": "21201", "state": "MD", "source": "Test", "basis": "published", "published_in": publication}
    spans = {"in_force": DateRange(FIRST, None), "known": TimestamptzRange(clock.now(), None)}
    ZipLocality.objects.create(locality="12302-01", **row, **spans)
    with refused("policy_zip_no_overlap"):
        ZipLocality.objects.create(locality="12302-99", **row, **spans)


def test_the_database_refuses_an_unknown_basis_and_a_negative_amount(publication: Publication) -> None:
    now = TimestamptzRange(clock.now(), None)
    with refused("policy_amount_basis"), transaction.atomic():
        amount(publication, DateRange(FIRST, None), now, basis="hearsay").save()
    with refused("policy_amount_not_negative"), transaction.atomic():
        row = amount(publication, DateRange(FIRST, None), now)
        row.amount = -1
        row.save()


def test_there_is_one_baseline(publication: Publication) -> None:
    fields = {"published_at": clock.now(), "source": "Test", "reason": "Test", "is_baseline": True}
    Publication.objects.create(**fields)
    with refused("policy_one_baseline"):
        Publication.objects.create(**fields)


def test_row_history_is_kept_by_the_database(publication: Publication) -> None:
    make_known([("G0088", 0, None, 100)])
    make_known([("G0088", 0, None, 101)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pgh_label, count(*) FROM policy_paymentamountevent GROUP BY 1 ORDER BY 1")
        assert cursor.fetchall() == [("insert", 2), ("update", 1)]
