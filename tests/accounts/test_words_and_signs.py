"""The template tags: how money, days, numbers, status and citations are written on every page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import models
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from hit_project.templatetags import hit


class Status(models.TextChoices):
    ON_HOLD = "on_hold", "On hold"

    @property
    def glyph(self) -> str:
        return "square-pause"

    @property
    def tone(self) -> str:
        return "hold"

    @property
    def meaning(self) -> str:
        return "It waits for a drug bill."


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("amount", "in_table", "in_sentence"),
    [
        (Decimal("1234.56"), "1,234.56", "$1,234.56"),
        (Decimal("-32.00"), "−32.00", "−$32.00"),
        (Decimal("0.00"), "0.00", "$0.00"),
        (None, "–", "–"),
        ("", "–", "–"),
    ],
)
def test_money_has_two_decimals_and_a_true_minus(amount: Decimal | None, in_table: str, in_sentence: str) -> None:
    assert hit.money(amount) == in_table
    assert hit.dollars(amount) == in_sentence


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (1, "claim", "1 claim"),
        (0, "claim", "0 claims"),
        (1284, "claim", "1,284 claims"),
        (2, "entry,entries", "2 entries"),
    ],
)
def test_counts_agree_with_their_noun(number: int, noun: str, words: str) -> None:
    assert hit.count(number, noun) == words


def test_a_claim_number_is_spaced_so_that_its_copy_has_no_spaces() -> None:
    assert hit.icn("0226062031874") == '<span class="id">02<i>26062</i><i>031874</i></span>'


def test_a_medicare_number_is_spaced_as_on_the_card() -> None:
    assert hit.mbi("1EG4TE5MK73") == '<span class="id">1EG4<i>TE5</i><i>MK73</i></span>'


def test_another_number_is_shown_as_it_is_and_escaped() -> None:
    assert hit.icn("<b>") == '<span class="id">&lt;b&gt;</span>'


def test_days_are_written_as_people_say_them() -> None:
    day = dt.date(2026, 3, 16)
    assert hit.day(day) == "March 16, 2026"
    assert hit.short_day(day) == "Mar 16"
    assert hit.month_day(day) == "March 16"
    assert hit.weekday(day) == "Monday, March 16"
    assert hit.day(None) == "–"


def test_moments_are_told_in_the_zone_of_the_person() -> None:
    at = dt.datetime(2026, 3, 11, 3, 5, tzinfo=dt.UTC)
    with timezone.override("America/New_York"):
        assert hit.moment(at) == "March 10, 2026, 11:05 PM"
    with timezone.override("America/Los_Angeles"):
        assert hit.clock(at) == "8:05 PM"


def test_noon_and_midnight_are_twelve() -> None:
    with timezone.override("UTC"):
        assert hit.clock(dt.datetime(2026, 3, 11, 0, 7, tzinfo=dt.UTC)) == "12:07 AM"
        assert hit.clock(dt.datetime(2026, 3, 11, 12, 7, tzinfo=dt.UTC)) == "12:07 PM"


def test_a_status_is_a_glyph_and_a_word_in_a_table_and_a_badge_beside_a_heading() -> None:
    plain = render("{% status_badge status %}", status=Status.ON_HOLD)
    assert plain.startswith('<span class="st st--hold" title="It waits for a drug bill.">')
    assert "sprite.svg#s-square-pause" in plain
    assert plain.endswith("On hold</span>")
    badge = render('{% status_badge status "badge" "On hold for a drug bill" %}', status=Status.ON_HOLD)
    assert badge.startswith('<span class="badge badge--hold"')
    assert badge.endswith("On hold for a drug bill</span>")


def test_something_without_a_look_is_shown_as_its_word() -> None:
    assert render("{% status_badge status %}", status="<odd>") == '<span class="st">&lt;odd&gt;</span>'


def test_only_what_is_not_published_carries_its_basis() -> None:
    assert render('{% basis_tag "published" %}') == ""
    assert "Estimated amounts" in render('{% basis_tag "estimated" %}')
    assert "Inferred" in render('{% basis_tag "inferred" %}')


def test_each_section_of_the_manual_is_a_link_and_nothing_else_is() -> None:
    linked = hit.citation("Pub. 100-02 ch. 15 §320.8.1, §320.5 A; 42 USC 1395m(u) <b>")
    assert '<a href="/manual/#s320.8.1">Pub. 100-02 ch. 15 §320.8.1</a>, ' in linked
    assert '<a href="/manual/#s320.5">§320.5 A</a>; 42 USC 1395m(u) &lt;b&gt;' in linked


def test_a_filter_link_keeps_the_other_filters_and_begins_at_the_first_page() -> None:
    request = RequestFactory().get("/", {"status": ["held", "denied"], "q": "a b", "after": "17"})
    assert (
        render('{% query_with sort="age" %}', request=request)
        == "?status=held&amp;status=denied&amp;q=a+b&amp;sort=age"
    )
    assert render("{% query_with q=None %}", request=request) == "?status=held&amp;status=denied"
    assert "after=18" in render("{% query_with after=18 %}", request=request)


def test_a_chip_takes_away_its_own_value_only() -> None:
    request = RequestFactory().get("/", {"status": ["held", "denied"], "page": "3"})
    assert render('{% chip_without "status" "held" %}', request=request) == "?status=denied"
    assert render('{% chip_without "status" %}', request=request) == "?"


def test_breadcrumbs_begin_at_home_and_end_where_one_is() -> None:
    crumbs = render('{% breadcrumbs "People" "accounts:people" name %}', name="Dana <b>")
    assert crumbs.index("Home") < crumbs.index('href="/people/"') < crumbs.index('aria-current="page"')
    assert "Dana &lt;b&gt;" in crumbs


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("This field is required.", "Charge is required."),
        ("Enter a number.", "Charge: Enter a number."),
        ("Ensure this value is greater than or equal to 0.", "Charge must be greater than or equal to 0."),
        ("Ensure this value has at most 5 characters (it has 6).", "Charge must have at most 5 characters (it has 6)."),
        ("The charge is missing.", "The charge is missing."),
    ],
)
def test_an_error_names_its_field(error: str, words: str) -> None:
    assert hit.about_field(error, "Charge") == words
