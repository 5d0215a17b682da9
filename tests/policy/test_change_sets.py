"""Change sets: what may be done in which state by whom, and that nobody publishes alone, whatever way he takes."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import Event, Role, User
from policy import clock, readers
from policy.change_sets import actions, requirements
from policy.change_sets.actions import State
from policy.change_sets.reading import revisions_of, tables_with
from policy.change_sets.restoring import roll_back
from policy.changes import AddRow, EndRow
from policy.loaders import load_baseline
from policy.models import ChangeSet, ChangeSetEditor, HomeInfusionDrug, Publication
from policy.models.change_set import CHANGE_SET_ARROWS
from policy.publishing import one_publication_at_a_time, publish
from policy.readers import tables_as_known
from policy.refusals import Refused
from policy.registry import AMOUNTS, DRUGS
from tests.accounts.cast import make_person
from tests.factories.policy import publish_changes, small_tables
from tests.policy.test_changes import AMOUNT, DRUG, row_of

APRIL = dt.date(2026, 4, 1)
ADD = AddRow(DRUGS, DRUG, APRIL)
Act = Callable[[ChangeSet, User], object]

pytestmark = pytest.mark.usefixtures("nothing_required")


@pytest.fixture
def nothing_required(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rooms above want to have been shown is their tests' business."""
    monkeypatch.setattr(requirements, "_REQUIREMENTS", {})


@pytest.fixture
def approver(baseline: Publication) -> User:
    return make_person("Paul Approver", Role.ADMINISTRATOR)


@pytest.fixture
def draft(baseline: Publication, administrator: User) -> ChangeSet:
    """A draft of the administrator with one new drug in it."""
    change_set = actions.make("A new drug", by=administrator, source="Change request 99999", reason="Quarterly update")
    actions.put_row(change_set, ADD, by=administrator)
    return change_set


@pytest.fixture
def proposed(draft: ChangeSet, administrator: User) -> ChangeSet:
    return actions.propose(draft, by=administrator)


def refused(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value


def in_state(draft: ChangeSet, state: str, maker: User, approver: User) -> ChangeSet:
    """The draft, brought into a state by the acts that lead there."""
    if state == State.DISCARDED:
        return actions.discard(draft, by=maker)
    if state == State.DRAFT:
        return draft
    if state == State.SCHEDULED:
        ChangeSet.objects.filter(pk=draft.pk).update(publish_on=APRIL)
    actions.propose(draft, by=maker)
    if state == State.REFUSED:
        return actions.refuse(draft, by=approver, reason="Not the document")
    if state in (State.SCHEDULED, State.PUBLISHED):
        return actions.approve(draft, by=approver, reason="Read")
    return ChangeSet.objects.get(pk=draft.pk)


# ---------- the way of a set ----------


def test_two_persons_publish(draft: ChangeSet, administrator: User, approver: User) -> None:
    actions.propose(draft, by=administrator)
    assert not HomeInfusionDrug.objects.filter(hcpcs="J9999").exists()
    published = actions.approve(draft, by=approver, reason="Read in the change request")
    publication = published.publication
    assert publication is not None
    assert (published.state, publication.published_by, publication.source) == (State.PUBLISHED, approver, draft.source)
    assert publication.reason == f"Change set {draft.pk}: Quarterly update"
    row = HomeInfusionDrug.objects.get(hcpcs="J9999")
    assert (row.published_in, row.effective_from) == (publication, APRIL)


def test_every_act_is_an_event(proposed: ChangeSet, approver: User) -> None:
    actions.approve(proposed, by=approver, reason="Read")
    verbs = Event.objects.filter(about_type__startswith="policy.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["policy_loaded", "change_set_made", "change_set_proposed", "policy_published"]
    event = Event.objects.get(verb="policy_published")
    assert event.sentence == (f"Change set {proposed.pk} was published as publication {event.about_id}: A new drug.")
    assert (event.data["made_by"], event.data["approved_by"]) == (str(proposed.made_by), str(approver))
    assert event.data["tables"][0]["added"][0]["hcpcs"] == "J9999"


def test_the_tables_of_a_set_are_seen_before_anything_is_written(draft: ChangeSet) -> None:
    tables = tables_with(draft)
    drug = tables.drugs.on("J9999", APRIL)
    assert drug is not None and drug.category == 3
    assert tables.drugs.on("J9999", APRIL - dt.timedelta(days=1)) is None
    assert tables.publication == readers.current_publication()
    assert tables_as_known().drugs.on("J9999", APRIL) is None


def test_a_set_with_a_later_day_is_published_on_it(draft: ChangeSet, administrator: User, approver: User) -> None:
    said = {"title": draft.title, "source": draft.source, "reason": draft.reason}
    actions.describe(draft, by=administrator, publish_on=dt.date(2026, 3, 12), **said)
    actions.propose(draft, by=administrator)
    scheduled = actions.approve(draft, by=approver, reason="Read")
    assert (scheduled.state, scheduled.publication) == (State.SCHEDULED, None)
    clock.set_today(dt.date(2026, 3, 11))
    assert actions.publish_due(clock.today()) == []
    clock.set_today(dt.date(2026, 3, 12))
    assert [found.pk for found in actions.publish_due(clock.today())] == [draft.pk]
    assert actions.publish_due(clock.today()) == []
    publication = ChangeSet.objects.get(pk=draft.pk).publication
    assert publication is not None and publication.published_by == approver


def test_what_cannot_be_published_on_its_day_is_a_draft_again_and_says_why(
    draft: ChangeSet, administrator: User, approver: User
) -> None:
    in_state(draft, State.SCHEDULED, administrator, approver)
    publish_changes(ADD, by=administrator)
    assert actions.publish_due(APRIL) == []
    stopped = ChangeSet.objects.get(pk=draft.pk)
    assert (stopped.state, stopped.decided_by) == (State.DRAFT, None)
    assert stopped.note.startswith("It was not published on its day. Row 1: J9999 already has a row from April 1, 2026")


# ---------- states, acts, persons ----------

ACTS: dict[str, tuple[Act, set[str]]] = {
    "describe": (
        lambda found, by: actions.describe(found, by=by, title="T", source="S", reason="R", publish_on=APRIL),
        {State.DRAFT},
    ),
    "put_row": (
        lambda found, by: actions.put_row(found, AddRow(DRUGS, DRUG | {"hcpcs": "J9998"}, APRIL), by=by),
        {State.DRAFT},
    ),
    "take_out": (lambda found, by: actions.take_out(found, [1], by=by), {State.DRAFT}),
    "propose": (lambda found, by: actions.propose(found, by=by), {State.DRAFT}),
    "discard": (lambda found, by: actions.discard(found, by=by), {State.DRAFT}),
    "take_back": (
        lambda found, by: actions.take_back(found, by=by),
        {State.PROPOSED, State.SCHEDULED, State.REFUSED},
    ),
    "approve": (lambda found, by: actions.approve(found, by=by, reason="R"), {State.PROPOSED}),
    "refuse": (lambda found, by: actions.refuse(found, by=by, reason="R"), {State.PROPOSED}),
    "roll_back": (lambda found, by: roll_back(found, by=by, reason="R"), {State.PUBLISHED}),
}


@pytest.mark.parametrize("state", State.values)
def test_each_act_has_its_states(draft: ChangeSet, administrator: User, approver: User, state: str) -> None:
    found = in_state(draft, state, administrator, approver)
    for name, (act, states) in ACTS.items():
        with transaction.atomic():
            if state in states:
                act(found, approver)
            else:
                assert refused(lambda act=act: act(found, approver)).code in ("other_state", "not_published"), name
                assert ChangeSet.objects.get(pk=draft.pk).state == state
            transaction.set_rollback(True)


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_for_administrators(
    draft: ChangeSet, administrator: User, approver: User, examiner: User, name: str
) -> None:
    act, states = ACTS[name]
    found = in_state(draft, min(states), administrator, approver)
    assert refused(lambda: act(found, examiner)).code == "not_administrator"


def test_a_set_without_a_row_or_a_change_is_not_proposed(baseline: Publication, administrator: User) -> None:
    empty = actions.make("Nothing", by=administrator, source="S", reason="R")
    assert refused(lambda: actions.propose(empty, by=administrator)).code == "no_change"


@pytest.mark.parametrize(("field", "longest"), [("title", 100), ("source", 300), ("reason", 500)])
def test_a_set_says_what_why_and_on_which_document(
    baseline: Publication, administrator: User, field: str, longest: int
) -> None:
    said = {"title": "T", "source": "S", "reason": "R"}
    actions.make(by=administrator, **(said | {field: "x" * longest}))
    for words in (" ", "x" * (longest + 1)):
        assert refused(lambda words=words: actions.make(by=administrator, **(said | {field: words}))).field == field


def test_days_without_a_row_are_refused_when_it_is_proposed(baseline: Publication, administrator: User) -> None:
    gapping = actions.make("Next year", by=administrator, source="S", reason="R")
    later = AddRow(AMOUNTS, AMOUNT, dt.date(2027, 2, 1), dt.date(2027, 12, 31))
    actions.put_row(gapping, later, by=administrator)
    found = refused(lambda: actions.propose(gapping, by=administrator))
    assert (found.code, found.row) == ("gap", 1)
    assert "G0088 would have no row from January 1, 2027 through January 31, 2027." in str(found)
    filling = AddRow(AMOUNTS, AMOUNT | {"amount": "241.00"}, dt.date(2027, 1, 1), dt.date(2027, 1, 31))
    actions.put_row(gapping, filling, by=administrator)
    assert actions.propose(gapping, by=administrator).state == State.PROPOSED


def test_a_row_that_was_replaced_meanwhile_is_refused(
    baseline: Publication, administrator: User, approver: User
) -> None:
    end = EndRow(DRUGS, row_of(DRUGS, hcpcs="J1562"), dt.date(2026, 3, 31), "LCD L33794", "published")
    sets = []
    for _ in range(2):
        sets.append(actions.make("Off the list", by=administrator, source="LCD L33794", reason="R"))
        actions.put_row(sets[-1], end, by=administrator)
    first, second = sets
    actions.propose(first, by=administrator)
    actions.propose(second, by=administrator)
    actions.approve(first, by=approver, reason="Read")
    found = refused(lambda: actions.approve(second, by=approver, reason="Read"))
    assert (found.code, found.row) == ("stale", 1)
    assert str(found).startswith("Row 1: This row was replaced meanwhile.")
    actions.take_back(second, by=administrator)
    assert refused(lambda: actions.propose(second, by=administrator)).code == "stale"


def test_a_requirement_that_is_not_met_keeps_it_from_approval(proposed: ChangeSet, approver: User) -> None:
    def unseen(change_set: ChangeSet) -> None:
        raise Refused("Look at its impact first.", "unseen")

    requirements.require_before_approval("impact", unseen)
    assert refused(lambda: actions.approve(proposed, by=approver, reason="Read")).code == "unseen"
    assert Publication.objects.count() == 1


# ---------- never alone ----------


def test_who_wrote_in_a_set_never_decides_it(draft: ChangeSet, administrator: User, approver: User) -> None:
    """Neither who made it, nor who put a row into it, took one out, described or proposed it."""
    writers: dict[str, Act] = {name: ACTS[name][0] for name in ("put_row", "take_out", "describe", "propose")}
    for name, write in writers.items():
        with transaction.atomic():
            write(draft, approver)
            if name == "take_out":
                actions.put_row(draft, ADD, by=administrator)
            if name != "propose":
                actions.propose(draft, by=administrator)
            for person in (administrator, approver):
                for decide in (actions.approve, actions.refuse):
                    found = refused(lambda decide=decide, person=person: decide(draft, by=person, reason="R"))
                    assert found.code == "same_person", name
            transaction.set_rollback(True)


def test_the_database_keeps_who_wrote_from_deciding(proposed: ChangeSet, administrator: User, approver: User) -> None:
    ChangeSetEditor.objects.create(change_set=proposed, person=approver)
    for person in (administrator, approver):
        with pytest.raises(IntegrityError, match=r"cannot decide it|second_person"), transaction.atomic():
            ChangeSet.objects.filter(pk=proposed.pk).update(state=State.REFUSED, decided_by=person, decided_on=APRIL)


def test_the_database_keeps_who_wrote(draft: ChangeSet, approver: User) -> None:
    actions.put_row(draft, AddRow(AMOUNTS, AMOUNT, dt.date(2027, 1, 1), dt.date(2027, 12, 31)), by=approver)
    assert set(draft.editors.values_list("person", flat=True)) == {draft.made_by_id, approver.pk}
    for statement in ("DELETE FROM policy_changeseteditor", "UPDATE policy_changeset SET made_by_id = %s"):
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [approver.pk] if "%s" in statement else [])


def test_the_database_keeps_what_was_proposed(proposed: ChangeSet) -> None:
    for statement in (
        "UPDATE policy_proposedrow SET content = '{}'",
        "DELETE FROM policy_proposedrow",
        "UPDATE policy_proposedrow SET number = 2",
        "UPDATE policy_changeset SET reason = 'Another'",
        "UPDATE policy_changeset SET publish_on = '2026-12-31'",
    ):
        with pytest.raises(DatabaseError, match="stay"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(DatabaseError, match="stay"), transaction.atomic():
        row = proposed.rows.get()
        row.pk, row.number = None, 2
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        ChangeSet.objects.filter(pk=proposed.pk).delete()


@pytest.mark.parametrize("start", State.values)
def test_the_database_knows_the_arrows(draft: ChangeSet, administrator: User, approver: User, start: str) -> None:
    found = in_state(draft, start, administrator, approver)
    for end in set(State) - {*CHANGE_SET_ARROWS[State(start)], State(start)}:
        with pytest.raises(DatabaseError), transaction.atomic():
            ChangeSet.objects.filter(pk=found.pk).update(state=end)


def test_a_publication_of_a_person_belongs_to_a_set_that_he_approved(
    proposed: ChangeSet, administrator: User, approver: User
) -> None:
    def alone(by: User) -> None:
        with transaction.atomic():
            with one_publication_at_a_time():
                publish(revisions_of(proposed), by=by, source="S", reason="R")
            connection.check_constraints()

    for person in (administrator, approver):
        with pytest.raises(IntegrityError, match="belongs to no change set that its person approved"):
            alone(person)
    assert Publication.objects.count() == 1


# ---------- rolling back ----------


def test_a_roll_back_restores_what_was_known_and_needs_two_persons(
    baseline: Publication, administrator: User, approver: User
) -> None:
    pk = row_of(DRUGS, hcpcs="J1562")
    before = {row.pk: (row.in_force, row.source, row.basis, row.note) for row in HomeInfusionDrug.objects.all()}
    publication = publish_changes(
        EndRow(DRUGS, pk, dt.date(2026, 3, 31), "LCD L33794", "inferred"), ADD, by=administrator
    )
    undoing = roll_back(publication.change_set, by=approver, reason="Published in error")
    assert (undoing.state, undoing.undoes_id) == (State.DRAFT, publication.change_set.pk)
    actions.propose(undoing, by=approver)
    assert refused(lambda: actions.approve(undoing, by=approver, reason="R")).code == "same_person"
    actions.approve(undoing, by=administrator, reason="Seen")
    assert not HomeInfusionDrug.objects.filter(hcpcs="J9999", superseded_in=None).exists()
    row = HomeInfusionDrug.objects.get(hcpcs="J1562", superseded_in=None)
    assert (row.in_force, row.source, row.basis, row.note) == before[pk]
    assert tables_as_known(publication.pk).drugs.on("J9999", APRIL) is not None
    assert refused(lambda: roll_back(publication.change_set, by=approver, reason="R")).code == "rolled_back"


def test_a_roll_back_of_rows_that_were_changed_again_is_refused(baseline: Publication, administrator: User) -> None:
    first = publish_changes(ADD, by=administrator)
    end = EndRow(DRUGS, row_of(DRUGS, hcpcs="J9999"), dt.date(2026, 12, 31), "CR", "published")
    second = publish_changes(end, by=administrator)
    found = refused(lambda: roll_back(first.change_set, by=administrator, reason="R"))
    assert (found.code, str(found)) == (
        "stale",
        f"J9999 was changed again by publication {second.pk}. Roll that one back first.",
    )


# ---------- two at once ----------


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What acts give, or how each was refused, each in a connection of its own, begun together."""
    barrier = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[place] = act()
        except Refused as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_of_two_approvers_at_once_one_publishes_and_the_other_is_told() -> None:
    clock.set_today(dt.date(2026, 3, 10))
    load_baseline(folder=small_tables())
    maker, *approvers = (make_person(name, Role.ADMINISTRATOR) for name in ("Ada", "Ben", "Cleo"))
    change_set = actions.make("A new drug", by=maker, source="CR 99999", reason="R")
    actions.put_row(change_set, ADD, by=maker)
    actions.propose(change_set, by=maker)
    results = at_once(
        *(lambda by=by: actions.approve(change_set, by=by, reason="Read") for by in approvers),
        lambda: actions.approve(change_set, by=maker, reason="My own"),
    )
    assert Publication.objects.count() == 2
    told = sorted(result.code for result in results if isinstance(result, Refused))
    assert told in (["other_state", "other_state"], ["other_state", "same_person"])
    (late,) = [each for each in results[:2] if isinstance(each, Refused)]
    assert "was published as publication" in str(late)
    assert HomeInfusionDrug.objects.filter(hcpcs="J9999").count() == 1
    readers.forget()
