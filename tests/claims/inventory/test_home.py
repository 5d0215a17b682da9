"""The home page: figures that lead to their lists, whom they are for, how old they are, stuck work run again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import AccessLog, Event, User
from claims import tasks
from claims.intake.keeping import keep_file
from claims.inventory.counting import LOCK, count_inventory
from claims.inventory.on_the_clock import OPEN
from claims.inventory.stuck import CAUSES
from claims.models import Claim, ClaimStatus, Inventory, MassAdjustment, MassState, ReceivedFile
from claims.pages.home.links import Figure
from claims.pages.home.page import Home
from claims.pages.home.states import Cell
from claims.payment.actions import REFUSED
from claims.sweep import KINDS
from claims.views.worklist import bound_filters
from policy import clock
from tests.claims.intake.files import file_of
from tests.claims.inventory.lives import grown
from tests.factories.world import World

WORKLIST = reverse("claims:worklist")
Decide = Callable[..., Claim]
SignIn = Callable[[User], Client]


def home(client: Client) -> Home:
    response = client.get("/")
    assert response.status_code == 200
    return response.context["home"]


def figures(page: Home) -> Iterator[tuple[int, str]]:
    """Every figure of the page that leads to a list of claims: its number and its address."""
    parts: list[Figure | Cell | Any] = [*page.mine, *page.states.totals, page.states.total, *page.clock.days]
    parts += [cell for row in page.states.rows for cell in (*row.cells, row.total)]
    parts += [page.clock.soon, page.clock.soon_suspended, page.clock.late]
    days = [(day.received, day.rejected, day.decided, day.paid) for day in page.flow.days]
    parts += [figure for day in days if any(figure.count for figure in day) for figure in day]
    yield from ((part.count, part.address) for part in parts)
    for table in (page.by_edit, page.by_reason):
        yield from ((row.counted.claims, row.address) for row in table.rows)
    yield from ((row.stuck.count, row.address) for row in page.stuck if row.is_list)


def counted_behind(address: str, person: User) -> int:
    """How many claims the list at an address has for a person."""
    request = RequestFactory().get(address)
    request.user = person
    filters = bound_filters(request)
    assert not filters.form.errors, address
    return filters.narrowed(Claim.objects.visible_to(person)).count()


def test_each_figure_leads_to_the_list_of_exactly_its_claims(world: World, examiner: User, staff: Client) -> None:
    grown(world, examiner)
    world.claim(received_on=clock.today() - dt.timedelta(days=3), icn="0899999999999")
    count_inventory()
    page = home(staff)
    lists = {address: number for number, address in figures(page) if address.startswith(f"{WORKLIST}?")}
    assert {address: counted_behind(address, examiner) for address in lists} == lists
    assert sum(number > 0 for number in lists.values()) > 25
    assert [row.stuck.kind for row in page.stuck if row.is_list] == ["queue"]
    assert page.mine[0].count == Claim.objects.filter(assigned_to=examiner, status__in=OPEN).count() > 0
    assert staff.get(page.states.total.address).context["list"].total.count == page.states.total.count


@pytest.mark.parametrize("role", ["examiner", "reviewer", "medical_director", "administrator"])
def test_staff_have_their_numbers(
    role: str, request: pytest.FixtureRequest, signed_in_as: SignIn, world: World
) -> None:
    page = home(signed_in_as(request.getfixturevalue(role)))
    assert len(page.mine) == (6 if role == "examiner" else 5)
    assert all(figure.address and figure.words for figure in page.mine)


def test_suppliers_see_none_of_it(billing: Client, outsider: Client) -> None:
    for browser in (billing, outsider):
        own_home = browser.get("/")
        assert own_home.status_code == 200
        assert reverse("reports:index") not in own_home.content.decode()
        assert browser.post(reverse("claims:count_again")).status_code == 403
        assert browser.post(reverse("claims:run_again", args=["queue"])).status_code == 403
        assert browser.get(reverse("reports:index")).status_code == 403


def test_the_page_reads_the_summary_alone(world: World, examiner: User, staff: Client) -> None:
    def queries() -> int:
        count_inventory()
        with CaptureQueriesContext(connection) as captured:
            home(staff)
        return len(captured)

    queries()
    few = queries()
    grown(world, examiner)
    assert queries() == few <= 9, "session, person, date, summary, own work, approvals, requests, days"


def test_it_names_no_patient_and_logs_nobody_as_looked_at(staff: Client, decided: Decide, world: World) -> None:
    decided()
    content = staff.get("/").content.decode()
    assert world.beneficiary.last_name not in content
    assert not AccessLog.objects.exists()


# ---------- how old the figures are ----------


def test_old_figures_say_so_and_are_counted_again_on_request(staff: Client, decided: Decide) -> None:
    count_inventory()
    Inventory.objects.update(counted_at=timezone.now() - dt.timedelta(minutes=7))
    assert "The figures are old:" in staff.get("/").content.decode()
    decided()
    answer = staff.post(reverse("claims:count_again"), follow=True).content.decode()
    assert "counted less than a minute ago" in answer
    assert "The figures are old" not in answer
    assert home(staff).states.total.count == 1


def test_while_they_are_counted_the_first_time_the_page_says_so(world: World, staff: Client) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            assert "being counted for the first time" in staff.get("/").content.decode()
    finally:
        other.close()
    assert home(staff).states.total.count == 0


# ---------- stuck work ----------


def broken_off() -> ReceivedFile:
    """A file whose receipt broke off an hour ago, before anything of it was kept but itself."""
    file = keep_file(file_of(), "broken.x12", None)
    kept = ReceivedFile.objects.filter(sha256=file.sha256)
    kept.update(received_at=clock.now() - dt.timedelta(hours=1))
    return kept.get()


def test_a_file_broken_off_is_named_with_why_and_run_again(
    staff: Client, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    file = broken_off()
    count_inventory()
    (row,) = home(staff).stuck
    assert row.stuck.what == "Read broken.x12"
    assert row.stuck.why.startswith("Its receipt was broken off")
    assert row.address == reverse("claims:file", args=[file.pk])
    with django_capture_on_commit_callbacks(execute=True) as sent_on_commit:
        answer = staff.post(row.run_again, follow=True)
    assert "A worker was asked to run it again" in answer.content.decode()
    assert len(sent_on_commit) == 1
    assert Event.objects.get(verb="run_again").actor.email == "erin.examiner@example.org"
    tasks.run_again(row.stuck.kind)
    file.refresh_from_db()
    assert file.state == ReceivedFile.State.FINISHED
    assert "files" not in {row.stuck.kind for row in home(staff).stuck}


def test_many_files_are_counted_behind_the_first_ones(staff: Client, world: World) -> None:
    then = clock.now() - dt.timedelta(hours=1)
    for number in range(7):
        ReceivedFile.objects.create(
            sha256=f"{number:064}", name=f"{number}.x12", size=1, path="x", received_on=then.date(), received_at=then
        )
    count_inventory()
    stuck = [row.stuck for row in home(staff).stuck]
    assert [row.count for row in stuck] == [1, 1, 1, 1, 1, 2]
    assert stuck[-1].what == "More files whose receipt broke off"


def test_a_failed_mass_adjustment_says_why_and_is_previewed_again_by_who_may(
    world: World, examiner: User, reviewer: User, signed_in_as: SignIn, staff: Client
) -> None:
    mass = MassAdjustment.objects.create(
        title="Factor",
        reason="r",
        chosen_by="all",
        state=MassState.FAILED,
        note="It ran into a fault.",
        made_by=examiner,
        made_on=clock.today(),
        claims_chosen=3,
    )
    count_inventory()
    (row,) = home(staff).stuck
    assert (row.stuck.why, row.stuck.count) == ("It ran into a fault.", 3)
    assert row.run_again == reverse("claims:mass_act", args=[mass.pk, "preview"])
    (row,) = home(signed_in_as(reviewer)).stuck
    assert row.run_again == ""


def test_every_check_of_the_sweep_says_why_in_words() -> None:
    assert set(CAUSES) == set(KINDS)


def test_what_a_person_must_settle_is_not_run_again(staff: Client, world: World) -> None:
    answer = staff.post(reverse("claims:run_again", args=["proposals"]), follow=True)
    assert "a person must settle it" in answer.content.decode()
    assert not Event.objects.filter(verb="run_again").exists()


def test_a_reviewer_cannot_run_work_again(reviewer: User, signed_in_as: SignIn, world: World) -> None:
    assert signed_in_as(reviewer).post(reverse("claims:run_again", args=["queue"])).status_code == 403


def test_a_remittance_that_does_not_balance_stands_there_in_its_own_words(
    staff: Client, decided: Decide, world: World
) -> None:

    claim = decided()
    Claim.objects.filter(pk=claim.pk).update(payment_day=clock.today())
    record_event(REFUSED, by="the payment run", on=clock.today(), about=world.supplier, sentence="It does not balance.")
    count_inventory()
    (row,) = home(staff).stuck
    assert (row.stuck.kind, row.stuck.why) == ("remittance", "It does not balance.")
    assert row.run_again == reverse("claims:run_again", args=["remittance"])
    Claim.objects.filter(pk=claim.pk).update(status=ClaimStatus.PAID)
    count_inventory()
    assert home(staff).stuck == ()


# ---------- the filters behind the figures ----------


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("clock", "x", "no span of days on the clock"),
        ("clock", "30..25", "no span of days on the clock"),
        ("decided", "2026-02-30", "no span of days"),
        ("paid", "2026-03-10..2026-03-09", "no span of days"),
        ("denied_by", "HIT-999", "Select a valid choice"),
    ],
)
def test_a_filter_that_is_not_understood_says_how_to_write_it(
    staff: Client, world: World, name: str, value: str, says: str
) -> None:
    assert says in str(staff.get(reverse("claims:worklist"), {name: value}).context["form"].errors)


def test_the_filters_of_a_figure_stand_as_chips_and_are_kept_by_the_form(staff: Client, world: World) -> None:
    query = {"clock": "25..", "denied_by": "none", "denied": "2026-01-01..2026-01-31", "stuck": "queue"}
    response = staff.get(reverse("claims:worklist"), query)
    chips = {chip.label: chip.words for chip in response.context["list"].chips}
    assert chips == {
        "Clean-claim clock": "day 25 or later",
        "Line denied": "Jan 1, 2026 to Jan 31, 2026",
        "Denied by": "a person",
        "Stuck": "stayed in the queue",
    }
    assert '<input type="hidden" name="clock" value="25..">' in response.content.decode()
