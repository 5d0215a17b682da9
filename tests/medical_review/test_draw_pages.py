"""The pages of draws: who sees and makes them, what they say, the frame to draw from again."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from claims.models import Claim
from medical_review.actions.drawing import Criteria, draw_sample
from medical_review.models import Case, Draw, SupplierTie
from medical_review.sampling import METHODS, frame_hash
from policy import clock
from policy.refusals import Refused
from tests.accounts.cast import make_person
from tests.claims.pages.scene import line
from tests.factories.suppliers import SupplierFactory
from tests.factories.world import World
from tests.medical_review.requests.scene import signed_in
from tests.medical_review.scene import decide

LIST, NEW = reverse("review:draws"), reverse("review:new_draw")


@pytest.fixture
def frame(payable: World) -> list[Claim]:
    """Six claims that pay and are not paid yet."""
    days = (5, 6, 7, 8, 9, 12)
    return [decide(payable.claim(lines=[line("G0068", dt.date(2026, 1, day))])) for day in days]


def sent(**changes: str) -> dict[str, str]:
    first, last = clock.today() - dt.timedelta(days=60), clock.today()
    days = {"first_day": f"{first:%m/%d/%Y}", "last_day": f"{last:%m/%d/%Y}"}
    return {**days, "before_payment": "yes", "method": "random", "size": "3", "seed": "a seed", **changes}


def drawn(frame: list[Claim], by: User, size: int = 3) -> Draw:
    days = [claim.received_on for claim in frame]
    return draw_sample(Criteria(min(days), max(days), before_payment=True), "random", size, by=by, seed="a seed")


def test_a_draw_is_made_and_says_all_that_draws_it_again(frame: list[Claim], reviewer: User) -> None:
    browser = signed_in(reviewer)
    page = browser.post(NEW, sent(), follow=True)
    made = Draw.objects.get()
    assert page.redirect_chain == [(reverse("review:draw", args=[made.pk]), 302)]
    text = page.content.decode()
    for words in ("Drawn: 3 of 6 claims", "a seed", made.frame_hash, "the same claims", "not paid yet"):
        assert words in text
    assert all(case.number in text for case in Case.objects.all())
    listed = browser.get(LIST).content.decode()
    assert made.frame_hash[:12] in listed
    assert reverse("review:estimate", args=[made.pk]) not in listed, "nothing is overpaid before payment"


def test_the_frame_as_csv_gives_the_sample(frame: list[Claim], reviewer: User, examiner: User) -> None:
    made = drawn(frame, reviewer)
    text = signed_in(examiner).get(reverse("review:draw_frame", args=[made.pk])).content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    units = [(row["claim"], Decimal(row["amount"])) for row in rows]
    assert frame_hash(units) == made.frame_hash
    assert METHODS["random"](units, made.seed, 3) == made.sample
    assert {row["claim"] for row in rows if row["drawn"] == "yes"} == set(made.sample)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"size": "0"}, "greater than or equal to 1"),
        ({"size": "401"}, "less than or equal to 400"),
        ({"last_day": "01/01/2020"}, "The last day is before the first"),
        ({"least": "100000"}, "No claim meets these criteria"),
        ({"supplier": "1999999999"}, "No supplier has this NPI"),
        ({"method": "by chance"}, "Select a valid choice"),
        ({"first_day": "yesterday"}, "not a day like"),
    ],
)
def test_what_cannot_be_drawn_is_said_at_its_field(
    frame: list[Claim], reviewer: User, changes: dict[str, str], words: str
) -> None:
    assert words in signed_in(reviewer).post(NEW, sent(**changes)).content.decode()
    assert not Draw.objects.exists()


def test_an_npi_of_several_suppliers_asks_for_the_tax_number(frame: list[Claim], reviewer: User) -> None:
    supplier, browser = frame[0].supplier, signed_in(reviewer)
    assert supplier is not None
    SupplierFactory(npi=supplier.npi, tin="529999999", name="Twin Infusion")
    assert "Write the tax number after it" in browser.post(NEW, sent(supplier=supplier.npi)).content.decode()
    browser.post(NEW, sent(supplier=f"{supplier.npi} {supplier.tin}"))
    assert Draw.objects.get().supplier == supplier


def test_examiners_read_draws_and_make_none(frame: list[Claim], reviewer: User, examiner: User) -> None:
    made, browser = drawn(frame, reviewer), signed_in(examiner)
    assert "Draw a sample" not in browser.get(LIST).content.decode()
    assert browser.get(reverse("review:draw", args=[made.pk])).status_code == 200
    assert browser.post(NEW, sent()).status_code == 403


def test_suppliers_reach_none_of_it(frame: list[Claim], reviewer: User, supplier_person: User) -> None:
    made, browser = drawn(frame, reviewer), signed_in(supplier_person)
    pages = (LIST, NEW, *(reverse(f"review:{name}", args=[made.pk]) for name in ("draw", "draw_frame", "estimate")))
    assert [browser.get(page).status_code for page in pages] == [403] * 5
    assert not Draw.objects.visible_to(supplier_person).exists()


def test_who_has_a_tie_sees_no_case_of_the_supplier_and_draws_none(frame: list[Claim], reviewer: User) -> None:
    made, supplier = drawn(frame, reviewer), frame[0].supplier
    assert supplier is not None
    SupplierTie.objects.create(person=reviewer, supplier=supplier, reason="Family", declared_on=clock.today())
    text = signed_in(reviewer).get(reverse("review:draw", args=[made.pk])).content.decode()
    assert "3 claims of the sample are of suppliers to which you have a tie" in text
    assert Case.objects.all()[0].number not in text
    with pytest.raises(Refused, match="tie to this supplier"):
        draw_sample(Criteria(clock.today(), clock.today(), True, supplier), "random", 1, by=reviewer)


def test_a_draw_of_a_tied_supplier_is_no_page(frame: list[Claim], reviewer: User) -> None:
    supplier, day = frame[0].supplier, frame[0].received_on
    made = draw_sample(Criteria(day, clock.today(), True, supplier), "random", 1, by=reviewer)
    colleague = make_person("A colleague", Role.REVIEWER)
    assert supplier is not None
    SupplierTie.objects.create(person=colleague, supplier=supplier, reason="Family", declared_on=clock.today())
    for name in ("draw", "draw_frame", "estimate"):
        assert signed_in(colleague).get(reverse(f"review:{name}", args=[made.pk])).status_code == 404


def test_the_pages_ask_as_much_for_many_draws_as_for_one(
    frame: list[Claim], reviewer: User, django_assert_max_num_queries: object
) -> None:
    browser: Client = signed_in(reviewer)
    drawn(frame, reviewer, 2)
    with django_assert_max_num_queries(6) as few:  # type: ignore[operator]
        browser.get(LIST)
    for _ in range(4):
        drawn(frame, reviewer, 1)
    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        browser.get(LIST)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        browser.get(reverse("review:draw", args=[Draw.objects.last().pk]))  # type: ignore[union-attr]
