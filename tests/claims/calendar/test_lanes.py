"""What stands on the lanes of a calendar, and over which weeks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from claims.adjudication.facts import Span, Stay
from claims.calendar.marks import Bar, Gap, Point
from claims.calendar.of_patient import coverage_calendar, patient_calendar
from claims.calendar.scene import Names
from claims.calendar.table import table_of
from claims.calendar.window import Window, around, narrowed, weeks_from, years
from tests.claims.adjudication.worlds import base_claim, line, patient_of, with_patient
from tests.claims.calendar.scenes import (
    TODAY,
    bill,
    calendar_of,
    day,
    labels,
    lane,
    plan_with_change,
    tables,
    the_mock,
    visit,
)

# ---------- the weeks ----------


def test_the_window_is_whole_weeks_and_holds_the_days_that_fit() -> None:
    window = around([day(2, 23)], [day(3, 16), day(1, 14), day(6, 30, 2025)], 14)
    assert (window.first.strftime("%A"), window.last.strftime("%A"), window.days) == ("Sunday", "Saturday", 98)
    assert all(map(window.holds, (day(1, 14), day(2, 23), day(3, 16))))
    assert not window.holds(day(6, 30, 2025))


def test_only_the_claims_own_days_make_it_longer() -> None:
    window = around([day(1, 5), day(12, 7)], [day(3, 1, 2027)], 14)
    assert (window.first, window.last) == (day(1, 4), day(12, 12))


def test_a_leap_day_is_a_day_like_another() -> None:
    window = weeks_from(day(2, 25, 2024), 14)
    assert window.holds(day(2, 29, 2024))
    assert window.last == day(6, 1, 2024)
    assert next(window.months()) == day(3, 1, 2024)


def test_the_narrow_drawing_leaves_out_a_week_without_the_claims_days() -> None:
    window = weeks_from(day(1, 4), 14)
    assert narrowed(window, [day(1, 12)]) == Window(day(1, 11), window.last)
    assert narrowed(window, [day(1, 5)]) == Window(window.first, window.last - dt.timedelta(days=7))


def test_months_and_sundays_go_over_the_turn_of_the_year() -> None:
    window = weeks_from(day(12, 14, 2025), 4)
    assert list(window.months()) == [day(1, 1)]
    assert [sunday.day for sunday in window.sundays()] == [14, 21, 28, 4]


def test_long_windows_are_in_years() -> None:
    assert years(2021, 2026).is_in_years
    assert not weeks_from(day(1, 4), 53).is_in_years


# ---------- the claim of the design's picture ----------


def test_the_lanes_go_from_the_most_to_the_least_decisive() -> None:
    names = [each.name for each in calendar_of(the_mock()).lanes]
    assert names == [
        "This supplier",
        "Other suppliers",
        "60-day gap",
        "Drug bills",
        "Plan of care",
        "Stays",
        "Part B",
        "Accreditation",
    ]


def test_the_window_holds_the_last_visit_the_drugs_and_the_next_possible_day() -> None:
    window = calendar_of(the_mock()).window
    assert (window.first, window.last) == (day(12, 28, 2025), day(4, 4))
    assert all(map(window.holds, (day(1, 14), day(1, 28), day(3, 16), TODAY)))


def test_the_lines_stand_with_their_outcome_in_their_suppliers_lane() -> None:
    marks = [mark for mark in lane(calendar_of(the_mock()), "This supplier").marks if isinstance(mark, Point)]
    assert [(mark.first, mark.shape, mark.label) for mark in marks] == [
        (day(2, 23), "deny", "G0088 initial"),
        (day(2, 26), "pay", "G0068"),
        (day(3, 2), "hold", "G0068"),
    ]


def test_the_gap_runs_from_the_visit_that_the_edit_names_to_the_day_it_allows() -> None:
    (gap,) = lane(calendar_of(the_mock()), "60-day gap").marks
    assert isinstance(gap, Gap)
    assert (gap.first, gap.eligible, gap.last) == (day(1, 14), day(3, 16), day(3, 15))
    assert [(each.day, each.count, each.is_too_early) for each in gap.days] == [(day(2, 23), 40, True)]


def test_an_initial_visit_that_came_late_enough_has_its_day_too() -> None:
    facts = with_patient(base_claim(lines=(line(1, day(1, 5)),)), visits=(visit(day(11, 5, 2025)),))
    (gap,) = lane(calendar_of(facts), "60-day gap").marks
    assert isinstance(gap, Gap)
    assert [(each.count, each.is_too_early) for each in gap.days] == [(61, False)]


def test_without_an_initial_visit_the_gap_follows_the_last_visit_of_all() -> None:
    facts = base_claim(lines=(line(1, day(1, 5), "G0068"),))
    (gap,) = lane(calendar_of(facts), "60-day gap").marks
    assert (gap.first, gap.days) == (day(1, 5), ())  # type: ignore[union-attr]


def test_each_drug_bill_counts_for_30_days_and_has_a_row_the_newest_last() -> None:
    rows = lane(calendar_of(the_mock()), "Drug bills").rows
    bars = [row[0] for row in rows]
    assert [(bar.first, bar.last) for bar in bars[:2]] == [(day(1, 3), day(2, 2)), (day(1, 28), day(2, 27))]
    assert labels(lane(calendar_of(the_mock()), "Drug bills"))[1] == (
        "J2260 milrinone lactate of Jan 28, paid, counts through Feb 27"
    )


def test_the_bill_that_a_line_needs_is_a_row_of_its_own() -> None:
    needed = lane(calendar_of(the_mock()), "Drug bills").marks[-1]
    assert isinstance(needed, Bar)
    assert (needed.look, needed.first, needed.last) == ("needed", day(1, 31), day(3, 2))
    assert needed.labels[0] == "Line 3 needs a bill of Jan 31 to Mar 2"


def test_one_bill_is_asked_for_where_one_serves_several_lines() -> None:
    lines = tuple(line(number, on, "G0068") for number, on in enumerate((day(1, 5), day(1, 7), day(2, 20)), 1))
    facts = with_patient(base_claim(lines=lines, received=day(2, 25)), drug_bills=())
    needed = [mark for mark in lane(calendar_of(facts), "Drug bills").marks if isinstance(mark, Bar)]
    assert [(bar.first, bar.last) for bar in needed] == [(day(12, 8, 2025), day(1, 5)), (day(1, 21), day(2, 20))]
    assert [bar.labels[0].split(" need")[0] for bar in needed] == ["Lines 1 and 2", "Line 3"]


def test_many_drug_bills_share_a_row_but_for_the_latest() -> None:
    days = [day(1, 1) + dt.timedelta(days=3 * number) for number in range(12)]
    facts = with_patient(base_claim(lines=(line(1, day(2, 4), "G0068"),)), drug_bills=tuple(map(bill, days)))
    rows = lane(calendar_of(facts), "Drug bills").rows
    assert [len(row) for row in rows] == [4, *[1] * 8]


def test_a_bill_on_no_list_is_a_day_and_has_no_window() -> None:
    facts = with_patient(the_mock(), drug_bills=(bill(day(2, 1), hcpcs="J3490"),))
    mark = lane(calendar_of(facts), "Drug bills").marks[0]
    assert isinstance(mark, Point)
    assert mark.said.through is None
    assert mark.label == "J3490 of Feb 1: no home infusion drug"


def test_without_a_drug_the_lane_says_so_and_without_knowledge_too() -> None:
    facts = with_patient(base_claim(lines=(line(1, day(1, 5), "G0068"),)), drug_bills=(bill(day(1, 3)),))
    assert not lane(calendar_of(facts), "Drug bills").words
    (none,) = [lane(calendar_of(with_patient(facts, drug_bills=None)), "Drug bills")]
    assert none.words == "Not known"


def test_plan_versions_follow_each_other_with_their_signatures() -> None:
    bars = lane(calendar_of(the_mock()), "Plan of care").marks
    assert [(bar.first, bar.last, bar.signed) for bar in bars if isinstance(bar, Bar)] == [
        (day(1, 2), day(1, 26), (day(1, 2),)),
        (day(1, 27), None, (day(1, 29),)),
    ]
    assert labels(lane(calendar_of(the_mock()), "Plan of care"))[1] == "Version 2, signed Jan 29"


def test_a_change_that_nobody_signed_says_so() -> None:
    facts = with_patient(the_mock(), plans_of_care=plan_with_change(day(1, 27), None))
    assert labels(lane(calendar_of(facts), "Plan of care"))[1] == "Version 2, not signed"


def test_without_a_plan_the_lane_says_so() -> None:
    assert lane(calendar_of(with_patient(the_mock(), plans_of_care=())), "Plan of care").words == (
        "No plan of care in these weeks"
    )


def test_coverage_is_one_line_and_another_payer_a_bar() -> None:
    facts = with_patient(the_mock(), hospice=(Span(day(2, 20)),), died=day(3, 5))
    found = lane(calendar_of(facts), "Part B")
    assert labels(found) == [
        "Since Feb 1, 2013. No Medicare Advantage or other insurer in these months",
        "Hospice since Feb 20",
    ]
    assert [mark.label for mark in found.marks if isinstance(mark, Point)] == ["Died Mar 5"]


def test_stays_that_overlap_stand_in_rows_of_their_own() -> None:
    stays = (Stay(day(1, 19), day(1, 26)), Stay(day(2, 1), day(2, 3)))
    facts = with_patient(the_mock(), inpatient_stays=stays, snf_stays=(Stay(day(1, 26), day(1, 30)),))
    rows = lane(calendar_of(facts), "Stays").rows
    assert [[mark.first.day for mark in row] for row in rows] == [[19, 1], [26]]


def test_a_license_that_ends_gets_a_line_of_its_own() -> None:
    base = the_mock()
    assert base.supplier is not None
    licensed = tuple(replace(found, span=Span(day(1, 1, 2021), day(2, 24))) for found in base.supplier.licensed or ())
    ended = replace(base, supplier=replace(base.supplier, licensed=licensed))
    assert labels(lane(calendar_of(base), "Accreditation"))[0].endswith("Enrolled as D6 and licensed in MD")
    words = labels(lane(calendar_of(ended), "Accreditation"))
    assert words[0].endswith("Enrolled as D6")
    assert words[1] == "Licensed MD Jan 1, 2021 to Feb 24"


def test_a_patient_nobody_knows_leaves_the_supplier() -> None:
    names = [each.name for each in calendar_of(replace(the_mock(), beneficiary=None)).lanes]
    assert names == ["This supplier", "Accreditation"]


# ---------- what came later ----------


def test_what_came_after_the_decision_is_marked() -> None:
    facts = the_mock()
    now = replace(patient_of(facts), drug_bills=(bill(day(1, 3)), bill(day(1, 28), "denied"), bill(day(2, 15))))
    bars = [mark for mark in lane(calendar_of(facts, now=now), "Drug bills").marks if isinstance(mark, Bar)]
    by_day = {bar.first: bar for bar in bars if bar.look != "needed"}
    assert (by_day[day(1, 3)].said.since, by_day[day(1, 3)].is_later) == ("", False)
    assert (by_day[day(1, 28)].look, by_day[day(1, 28)].said.since) == ("paid", "denied since")
    assert (by_day[day(2, 15)].is_later, by_day[day(2, 15)].said.since) == (True, "not among the decision’s facts")


def test_what_is_gone_since_is_said() -> None:
    facts = the_mock()
    marks = lane(calendar_of(facts, now=replace(patient_of(facts), visits=())), "Other suppliers").marks
    assert {mark.said.since for mark in marks} == {"no longer on file"}


def test_a_later_record_of_another_contractor_is_the_same_visit() -> None:
    facts = the_mock()
    now = tuple(replace(each, key=f"/{number}") for number, each in enumerate(patient_of(facts).visits or ()))
    marks = lane(calendar_of(facts, now=replace(patient_of(facts), visits=now)), "Other suppliers").marks
    assert [mark.said.since for mark in marks] == [""] * 4


# ---------- who reads it ----------


def test_a_supplier_reads_of_another_no_more_than_the_day() -> None:
    calendar = calendar_of(the_mock(), is_for_supplier=True)
    others = lane(calendar, "Other suppliers")
    assert others.words == "Another supplier: 4 visits, last on Jan 14"
    assert {(mark.said.what, mark.said.who, mark.said.claim) for mark in others.marks} == {
        ("Visit", "another supplier", "")
    }
    assert "Bayline" not in repr(calendar)
    assert "Bayline" in repr(calendar_of(the_mock()))


# ---------- the table ----------


def test_the_table_says_what_each_mark_bears_on_each_line() -> None:
    table = table_of(calendar_of(the_mock()))
    assert table.columns == ("Line 1", "Line 2", "Line 3")
    rows = {(row.days, row.what): row.cells for row in table.rows}
    assert rows["Jan 28, 2026", "J2260 milrinone lactate, paid"] == (
        "day 26 of 30: counts",
        "day 29 of 30: counts",
        "33 days before: too old",
    )
    assert rows["Jan 14, 2026", "G0068 visit, paid"] == ("day 40: too early for an initial visit", "", "")
    assert rows["Jan 31, 2026 to Mar 2, 2026", "Line 3 needs a category 1 drug bill of one of these days"] == (
        "",
        "",
        "needed",
    )
    assert rows["since Jan 27, 2026", "Version 2, signed Jan 29"] == ("in force", "in force", "in force")


def test_a_claim_of_many_lines_has_one_column_for_all() -> None:
    lines = tuple(line(number, day(1, 4 + number), "G0068") for number in range(1, 7))
    table = table_of(calendar_of(base_claim(lines=lines)))
    assert table.columns == ("Bearing on the lines",)
    drug = next(row for row in table.rows if row.what.startswith("J2260"))
    assert drug.cells[0].startswith("line 1: day 2 of 30: counts; line 2: day 3 of 30: counts")


# ---------- the patient's own calendars ----------


def test_a_patients_calendar_has_a_lane_for_each_supplier() -> None:
    visits = (visit(day(1, 14)), visit(day(2, 2), own=True), visit(day(2, 3), "denied", own=True))
    facts = replace(patient_of(the_mock()), visits=visits)
    calendar = patient_calendar(facts, Names(), tables(), weeks_from(day(1, 4), 14), TODAY, "Harold Whitcombe")
    first, second, gap = calendar.lanes[:3]
    assert (first.sub, first.words) == ("Chesapeake Infusion", "1 visit, last on Feb 2; 1 denied, not shown")
    assert (second.name, second.sub) == ("", "Bayline Infusion")
    assert [mark.first for mark in gap.marks] == [day(2, 2)]
    assert "an initial visit is possible from April 4." in calendar.description


def test_coverage_over_the_years_has_numbers_spans_and_stays() -> None:
    facts = replace(patient_of(the_mock()), medicare_advantage=(Span(day(1, 1, 2023), day(12, 31, 2023)),))
    mbis = [("1EG4TE5MK73", Span(day(2, 1, 2013), day(6, 30, 2024))), ("2EG4TE5MK73", Span(day(7, 1, 2024)))]
    calendar = coverage_calendar(facts, Names(), mbis, TODAY, "Harold Whitcombe")
    assert (calendar.window.first, calendar.window.last) == (day(1, 1, 2021), day(12, 31))
    assert labels(lane(calendar, "Medicare number")) == [
        "1EG4TE5MK73, Feb 1, 2013 to Jun 30, 2024",
        "2EG4TE5MK73, since Jul 1, 2024",
    ]
    assert "Medicare Advantage Jan 1, 2023 to Dec 31, 2023" in labels(lane(calendar, "Part B"))
