"""What goes wrong in billing: each mishap changes one bill. The edit, or the gateway's rule, stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from claims.demo.bills import Bill, BilledLine
from claims.demo.courses import DAY, WEEK
from claims.demo.drafts import Draft, SentBill
from claims.demo.therapies import VISIT_CODES

Mishap = Callable[[Bill, Random], Bill]
#: Each with its share in thousandths of the bills.
MISHAPS: list[tuple[int, Mishap]] = []


def mishap(share: int) -> Callable[[Mishap], Mishap]:
    def enter(happen: Mishap) -> Mishap:
        MISHAPS.append((share, happen))
        return happen

    return enter


def bill_with_mishaps(draft: Draft) -> None:
    """Let things go wrong, and send some bills a second time."""
    sent_again = []
    for sent in draft.bills:
        if draft.rng.random() < 0.012:
            again = replace(sent.bill, control_number=f"{sent.bill.control_number}R")
            sent_again.append(SentBill(sent.supplier, again, sent.ready + 2 * WEEK))
        sent.bill = _mishap(sent.bill, draft.rng)
    draft.bills += sent_again


def _mishap(bill: Bill, rng: Random) -> Bill:
    throw = rng.random() * 1000
    for share, happen in MISHAPS:
        throw -= share
        if throw < 0:
            return happen(bill, rng)
    return bill


def first_line(bill: Bill, **other: object) -> Bill:
    return replace(bill, lines=(replace(bill.lines[0], **other), *bill.lines[1:]))  # type: ignore[arg-type]


def category_of(line: BilledLine) -> int:
    return next((category for category, codes in VISIT_CODES.items() if line.hcpcs in codes), 1)


@mishap(12)
def wrong_place(bill: Bill, rng: Random) -> Bill:
    """HIT-105: an office, a telehealth contact, a skilled nursing facility."""
    return replace(bill, place_of_service=rng.choice(("11", "10", "02", "31")))


@mishap(6)
def no_referring_provider(bill: Bill, rng: Random) -> Bill:
    """HIT-108."""
    return replace(bill, referring=None)


@mishap(3)
def wrong_referring_npi(bill: Bill, rng: Random) -> Bill:
    """HIT-108: the check digit is not right."""
    if bill.referring is None:
        return bill
    number = bill.referring.npi
    return replace(bill, referring=replace(bill.referring, npi=number[:-1] + str((int(number[-1]) + 1) % 10)))


@mishap(3)
def no_diagnosis(bill: Bill, rng: Random) -> Bill:
    """HIT-110."""
    return replace(bill, diagnoses=())


@mishap(4)
def units_that_cannot_be(bill: Bill, rng: Random) -> Bill:
    """HIT-104."""
    return first_line(bill, units=rng.choice(("2.5", "120")))


@mishap(2)
def two_days_in_one_line(bill: Bill, rng: Random) -> Bill:
    """HIT-109."""
    return first_line(bill, through=bill.lines[0].day + DAY)


@mishap(5)
def other_code(bill: Bill, rng: Random) -> Bill:
    """HIT-103: a code that is no home infusion therapy visit."""
    return first_line(bill, hcpcs=rng.choice(("G0299", "S9338", "G0493")))


@mishap(2)
def day_yet_to_come(bill: Bill, rng: Random) -> Bill:
    """HIT-107."""
    return first_line(bill, day=bill.lines[0].day + 40 * DAY)


@mishap(2)
def wrong_year(bill: Bill, rng: Random) -> Bill:
    """HIT-102: more than a year ago."""
    return first_line(bill, day=bill.lines[0].day - 400 * DAY)


@mishap(1)
def before_the_benefit(bill: Bill, rng: Random) -> Bill:
    """HIT-101, and HIT-102 with it."""
    return first_line(bill, day=bill.lines[0].day.replace(year=2020, day=9))


@mishap(14)
def initial_again(bill: Bill, rng: Random) -> Bill:
    """HIT-601 when an earlier visit was paid."""
    return first_line(bill, hcpcs=VISIT_CODES[category_of(bill.lines[0])][0])


@mishap(5)
def wrong_category(bill: Bill, rng: Random) -> Bill:
    """HIT-503."""
    other = category_of(bill.lines[0]) % 3 + 1
    return first_line(bill, hcpcs=VISIT_CODES[other][1])


@mishap(6)
def second_visit_on_a_day(bill: Bill, rng: Random) -> Bill:
    """HIT-602: one payment a day."""
    line = bill.lines[0]
    initial, subsequent = VISIT_CODES[category_of(line)]
    other = subsequent if line.hcpcs == initial else initial
    return replace(bill, lines=(*bill.lines, replace(line, hcpcs=other, charge=Decimal("310.00"))))


@mishap(4)
def line_twice(bill: Bill, rng: Random) -> Bill:
    """HIT-603 within the claim."""
    return replace(bill, lines=(*bill.lines, bill.lines[0]))


@mishap(4)
def more_visits_than_ordered(bill: Bill, rng: Random) -> Bill:
    """HIT-406 informs."""
    days = {line.day for line in bill.lines}
    first = bill.lines[0]
    monday = first.day - first.day.weekday() * DAY
    added = (monday + place * DAY for place in range(5))
    code = VISIT_CODES[category_of(first)][1]
    lines = (*bill.lines, *(replace(first, day=day, hcpcs=code, note="") for day in added if day not in days))
    return replace(bill, lines=tuple(sorted(lines, key=lambda line: line.day))[:4])


@mishap(5)
def unknown_mbi(bill: Bill, rng: Random) -> Bill:
    """HIT-301."""
    return replace(bill, patient=replace(bill.patient, mbi="9AA8AA8AA88"))


@mishap(2)
def not_assigned(bill: Bill, rng: Random) -> Bill:
    """Informs; the supplier is paid all the same."""
    return replace(bill, assignment="C")


@mishap(4)
def misspelled_mbi(bill: Bill, rng: Random) -> Bill:
    """The gateway refuses the claim: no MBI has an S or an O."""
    return replace(bill, patient=replace(bill.patient, mbi=bill.patient.mbi.replace("A", "S", 1)))


@mishap(2)
def former_number(bill: Bill, rng: Random) -> Bill:
    """The gateway refuses the claim: a Health Insurance Claim Number instead of an MBI."""
    return replace(bill, patient=replace(bill.patient, mbi="000112222A"))
