"""Life bars, words for changes, the manual's text: pure parts of the pages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from psycopg.types.range import DateRange

from policy import manual
from policy.columns import cells_of, short_drug_name
from policy.differences import differences
from policy.drafts import Draft
from policy.life_bars import WIDTH, Bar, axis_for, bars_of
from policy.models import Coinsurance, HomeInfusionDrug
from policy.registry import BY_NAME, DRUGS

TODAY = dt.date(2026, 3, 10)
AXIS = axis_for(dt.date(2026, 2, 1), TODAY)


def bar(start: dt.date, end: dt.date | None, basis: str = "published") -> Bar:
    row = HomeInfusionDrug(in_force=DateRange(start, end + dt.timedelta(days=1) if end else None), basis=basis)
    (found,) = bars_of(AXIS, [row])
    return found


def test_the_axis_holds_the_benefit_and_this_year() -> None:
    assert (AXIS.first, AXIS.last) == (dt.date(2021, 1, 1), dt.date(2026, 12, 31))
    assert (AXIS.x(AXIS.first), AXIS.x(AXIS.last + dt.timedelta(days=1))) == (0, WIDTH)
    assert [year for year, _, _ in AXIS.years] == list(range(2021, 2027))


@pytest.mark.parametrize(
    ("marked", "years"), [(dt.date(2019, 5, 1), (2019, 2026)), (dt.date(2028, 5, 1), (2021, 2028))]
)
def test_the_axis_stretches_to_the_marked_day(marked: dt.date, years: tuple[int, int]) -> None:
    axis = axis_for(marked, TODAY)
    assert (axis.first_year, axis.last_year) == years


def test_a_bar_from_before_the_axis_has_no_tick_and_no_label() -> None:
    found = bar(dt.date(2019, 1, 1), None)
    assert (found.x, found.begins_inside, found.start_label_x, found.is_open) == (0, False, None, True)


def test_a_bar_that_ends_has_its_last_day_beside_it() -> None:
    found = bar(dt.date(2019, 1, 1), dt.date(2024, 9, 30), "inferred")
    assert (found.is_open, found.is_published, found.end_label_anchor) == (False, False, "start")
    assert found.end_x == AXIS.x(dt.date(2024, 10, 1))


def test_a_late_end_is_written_before_the_tick() -> None:
    assert bar(dt.date(2019, 1, 1), dt.date(2026, 3, 31)).end_label_anchor == "end"


def test_a_bar_of_one_day_can_still_be_seen() -> None:
    assert bar(dt.date(2024, 1, 1), dt.date(2024, 1, 1)).width == 1


def test_rows_outside_the_axis_are_not_drawn() -> None:
    past = HomeInfusionDrug(in_force=DateRange(dt.date(2018, 1, 1), dt.date(2019, 1, 1)), basis="published")
    assert bars_of(AXIS, [past]) == []


def test_a_drug_is_called_without_injection() -> None:
    assert short_drug_name("Injection, acyclovir, 5 mg") == "Acyclovir, 5 mg"


def test_a_rate_is_shown_in_percent() -> None:
    (cell,) = cells_of(BY_NAME["coinsurance"], Coinsurance(rate=Decimal("0.20000")))
    assert cell.text == "20 %"


CONTENT = {
    "hcpcs": "J1562",
    "modifier": "JB",
    "payment_category": 2,
    "route": "SC",
    "descriptor": "Vivaglobin",
    "on_sad_exception": True,
    "source": "Law",
    "basis": "published",
    "note": "",
}


def test_a_difference_names_each_field_with_both_values() -> None:
    old = Draft(CONTENT, dt.date(2019, 1, 1), None)
    new = Draft({**CONTENT, "payment_category": 3, "source": "LCD"}, dt.date(2019, 1, 1), dt.date(2026, 3, 31))
    (found,) = differences(DRUGS, [old], [new])
    assert (found.kind, found.name) == ("ended", "J1562 JB")
    assert [(field.label, field.old, field.new) for field in found.fields] == [
        ("Payment category", "Category 2, subcutaneous", "Category 3, chemotherapy and complex"),
        ("Source", "Law", "LCD"),
        ("Last day", "open", "March 31, 2026"),
    ]


def test_a_row_without_a_counterpart_is_added_or_removed() -> None:
    old = Draft(CONTENT, dt.date(2019, 1, 1), None)
    new = Draft(CONTENT, dt.date(2020, 1, 1), None)
    found = differences(DRUGS, [old], [new])
    assert [one.kind for one in found] == ["removed", "added"]
    assert found[1].words == "Vivaglobin, Category 2, subcutaneous, SC, from January 1, 2020 on"


def test_the_manual_has_nineteen_sections_in_order() -> None:
    numbers = [section.number for section in manual.sections()]
    assert len(numbers) == 19
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
    assert all(section.revision.startswith("Rev. 10547") for section in manual.sections())


def test_a_section_is_found_by_its_number() -> None:
    section = manual.section("320.5")
    assert section is not None
    assert [item.mark for block in section.blocks for item in block.items] == ["A.", "B.", "C.", "D."]
    assert manual.section("320.10") is None


def test_lists_of_the_manual_keep_their_second_level() -> None:
    section = manual.section("320.6")
    assert section is not None
    (services,) = [block.items for block in section.blocks if block.items and not block.items[0].mark]
    assert [len(item.below) for item in services] == [4, 0, 5, 6, 0, 3]
