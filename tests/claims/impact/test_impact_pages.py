"""The pages of impacts: the panel, the tables, the lines, a claim side by side, and who may do what."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog, User
from claims.impact.working import work
from claims.models import Claim, ImpactRun, ImpactState, MassAdjustment
from claims.replay.writing import HEADINGS
from policy.change_sets.actions import approve, propose
from policy.models import ChangeSet
from tests.claims.impact.conftest import dearer
from tests.claims.mass.conftest import decided, line, world_of
from tests.factories.change_sets import worked_out
from tests.factories.world import World

SignIn = Callable[[User], Client]


@pytest.fixture
def claim(world: World) -> Claim:
    """Two claims that would change; this one has a line that would not."""
    decided(world_of(1))
    return decided(world, line("G0088", 5), line("G0068", 8))


@pytest.fixture
def rates(claim: Claim, administrator: User) -> ChangeSet:
    return dearer(administrator)


@pytest.fixture
def desk(administrator: User, signed_in_as: SignIn) -> Client:
    return signed_in_as(administrator)


def address(name: str, *args: object) -> str:
    return reverse(f"claims:{name}", args=args)


def text_of(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def test_the_impact_is_asked_for_seen_on_the_way_and_shown_in_dollars(
    rates: ChangeSet, desk: Client, claim: Claim
) -> None:
    page = address("impact", rates.pk)
    assert "not worked out yet" in text_of(desk.get(page))
    assert "not worked out yet" in text_of(desk.get(reverse("policy:change_set", args=[rates.pk])))
    asked = desk.post(address("impact_ask", rates.pk), follow=True)
    assert "The impact is being worked out." in text_of(asked)
    run = ImpactRun.objects.get()
    assert f'hx-get="{page}"' in text_of(desk.get(page))
    work(run.pk)
    run.refresh_from_db()
    done = text_of(desk.get(page))
    assert f"2 lines of 2 claims change: +${run.difference:,.2f} to suppliers." in done
    assert "hx-trigger" not in done
    assert f'href="{address("impact_lines", run.pk)}?supplier={claim.billing_npi}"' in done
    assert "2026-01" in done
    assert f"+${run.difference:,.2f}" in text_of(desk.get(reverse("policy:change_set", args=[rates.pk])))


def test_an_outdated_impact_says_so_and_stays_readable(rates: ChangeSet, desk: Client, administrator: User) -> None:
    first = worked_out(rates, by=administrator)
    rates.rows.all().delete()
    assert "This is outdated:" in text_of(desk.get(address("impact", rates.pk)))
    assert "Work it out again" in text_of(desk.get(address("impact", rates.pk)))
    assert desk.get(address("impact_lines", first.pk)).status_code == 200


def test_a_running_one_is_cancelled_by_a_button(rates: ChangeSet, desk: Client) -> None:
    desk.post(address("impact_ask", rates.pk))
    run = ImpactRun.objects.get()
    assert "The impact was cancelled." in text_of(desk.post(address("impact_cancel", run.pk), follow=True))
    run.refresh_from_db()
    assert run.state == ImpactState.CANCELLED
    assert "is cancelled already" in text_of(desk.post(address("impact_cancel", run.pk), follow=True))


def test_the_changed_lines_are_listed_narrowed_and_exported(
    rates: ChangeSet, desk: Client, administrator: User, claim: Claim
) -> None:
    run = worked_out(rates, by=administrator)
    assert text_of(desk.get(address("impact_lines", run.pk))).count("G0088") == 2
    narrowed = text_of(
        desk.get(address("impact_lines", run.pk), {"supplier": claim.billing_npi, "is_waiting": "False"})
    )
    assert narrowed.count("G0088") == 1
    assert "No changed line" in text_of(desk.get(address("impact_lines", run.pk), {"is_waiting": "True"}))
    exported = desk.get(address("impact_export", run.pk))
    rows = list(csv.DictReader(io.StringIO(b"".join(exported.streaming_content).decode())))  # type: ignore[attr-defined]
    assert tuple(rows[0]) == HEADINGS
    assert sum(float(row["difference"]) for row in rows) == pytest.approx(float(run.difference))
    assert AccessLog.objects.filter(page=f"{run}, CSV export").count() == 2


def test_a_claim_is_opened_side_by_side_and_that_is_noted(
    rates: ChangeSet, desk: Client, administrator: User, claim: Claim
) -> None:
    run = worked_out(rates, by=administrator)
    changed = run.lines.get(claim=claim)
    page = text_of(desk.get(address("impact_claim", run.pk, claim.icn)))
    assert f"The line pays ${changed.difference:,.2f} more." in page
    assert "Line 2" not in page
    assert AccessLog.objects.filter(page=str(run), about_id=str(claim.pk)).exists()
    unchanged = decided(world_of(2), line("G0068", 5))
    assert desk.get(address("impact_claim", run.pk, unchanged.icn)).status_code == 404


def test_the_mass_adjustment_is_offered_after_the_publication(
    rates: ChangeSet, desk: Client, administrator: User, approver: User
) -> None:
    run = worked_out(rates, by=administrator)
    assert "Make the mass adjustment" not in text_of(desk.get(address("impact", rates.pk)))
    assert "is not published yet" in text_of(desk.post(address("impact_adjust", run.pk), follow=True))
    propose(rates, by=administrator)
    approve(rates, by=approver, reason="Seen")
    assert "Make the mass adjustment" in text_of(desk.get(address("impact", rates.pk)))
    sent = desk.post(address("impact_adjust", run.pk))
    mass = MassAdjustment.objects.get()
    assert sent.headers["Location"] == address("mass_adjustment", mass.pk)
    shown = text_of(desk.get(address("impact", rates.pk)))
    assert f'<a href="{address("mass_adjustment", mass.pk)}">' in shown


def test_others_read_it_and_only_administrators_ask(
    rates: ChangeSet, administrator: User, examiner: User, signed_in_as: SignIn
) -> None:
    run = worked_out(rates, by=administrator)
    staff = signed_in_as(examiner)
    assert staff.get(address("impact", rates.pk)).status_code == 200
    assert staff.post(address("impact_ask", rates.pk)).status_code == 403
    assert staff.post(address("impact_cancel", run.pk)).status_code == 403


def test_suppliers_see_nothing_of_it(
    rates: ChangeSet, administrator: User, claim: Claim, supplier_person: User, signed_in_as: SignIn
) -> None:
    run = worked_out(rates, by=administrator)
    outsider = signed_in_as(supplier_person)
    for page in (
        address("impact", rates.pk),
        address("impact_run", run.pk),
        address("impact_lines", run.pk),
        address("impact_export", run.pk),
        address("impact_claim", run.pk, claim.icn),
    ):
        assert outsider.get(page).status_code == 403, page


def test_the_number_of_queries_does_not_grow_with_the_claims(
    rates: ChangeSet, desk: Client, administrator: User, world: World
) -> None:
    def queries(page: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert desk.get(page).status_code == 200
        return len(caught)

    run = worked_out(rates, by=administrator)
    pages = [address("impact", rates.pk), address("impact_lines", run.pk)]
    for page in pages:
        queries(page)
    before = [queries(page) for page in pages]
    decided(world_of(2), line("G0088", 6))
    decided(world, line("G0088", 12))
    more = worked_out(rates, by=administrator)
    assert more.lines_changed > run.lines_changed
    after = [queries(page) for page in (pages[0], address("impact_lines", more.pk))]
    assert after == before
    assert max(after) <= 20
