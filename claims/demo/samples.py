"""The sample files that the project ships in `claims/samples/`; a test holds the two together.

They are dated March 10 2026 and refer to the cast of the demonstration. Each sample says what becomes of its claim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from claims.demo.bills import Bill, BilledLine, Biller, Mailing
from claims.demo.cast import FIRST_VISIT, PHYSICIAN, Cast
from claims.demo.identifiers import mbi
from claims.demo.suppliers import AGENT
from claims.demo.towns import WITHOUT_LOCALITY
from claims.demo.write_837p import write_837p

FOLDER = Path(__file__).resolve().parent.parent / "samples"
SENT = dt.datetime.combine(dt.date(2026, 3, 10), dt.time(8))
WEDNESDAY, FRIDAY = (FIRST_VISIT + dt.timedelta(days=number) for number in (2, 4))

CHARGES = {
    "G0088": Decimal("400.00"),
    "G0068": Decimal("320.00"),
    "G0089": Decimal("520.00"),
    "G0070": Decimal("530.00"),
}

Change = Callable[[Bill], Bill]


@dataclass(frozen=True, slots=True)
class Sample:
    """A claim of a sample file: whose it is, how it differs from one good initial visit, and what becomes of it."""

    control_number: str
    member: str
    shows: str
    status: str
    edits: tuple[str, ...] = ()
    change: Change = lambda bill: bill


def line(hcpcs: str = "G0088", day: dt.date = FIRST_VISIT, *modifiers: str, units: str = "6") -> BilledLine:
    return BilledLine(day=day, hcpcs=hcpcs, units=units, charge=CHARGES[hcpcs], modifiers=modifiers)


def with_lines(*lines: BilledLine) -> Change:
    return lambda bill: replace(bill, lines=lines)


def for_nobody(bill: Bill) -> Bill:
    return replace(bill, patient=replace(bill.patient, mbi=mbi(9999), last_name="Nobody", first_name="Norma"))


def with_a_letter_no_mbi_has(bill: Bill) -> Bill:
    return replace(bill, patient=replace(bill.patient, mbi=bill.patient.mbi.replace("A", "S", 1)))


def where_no_price_is_known(bill: Bill) -> Bill:
    city, state, (zip_code,) = WITHOUT_LOCALITY
    there = replace(bill.patient.address, city=city, state=state, zip=zip_code)
    return replace(bill, service_location=there)


THREE_VISITS = with_lines(line(), line("G0068", WEDNESDAY), line("G0068", FRIDAY))

SAMPLES: dict[str, tuple[Sample, ...]] = {
    "clean_claims": (
        Sample("CLEAN01", "three visits", "An initial and two subsequent visits pay", "payable", (), THREE_VISITS),
        Sample("CLEAN02", "one visit", "An initial visit pays", "payable"),
    ),
    "mixed_claims": (
        Sample("MIXED01", "owes the deductible", "Pays; the deductible takes the first 100.00", "payable"),
        Sample("MIXED02", "no drug", "No drug bill in 30 days: on hold", "on_hold", ("HIT-501",)),
        Sample("MIXED03", "treated elsewhere", "Initial visit 33 days after another", "denied", ("HIT-601",)),
        Sample("MIXED04", "duplicate", "The first of two equal claims pays", "payable"),
        Sample("MIXED05", "duplicate", "The second is an exact duplicate", "denied", ("HIT-603",)),
        Sample(
            "MIXED06", "same day", "Two categories on one day: the higher is paid", "payable", ("HIT-602",),
            with_lines(line(), line("G0070")),
        ),
        Sample(
            "MIXED07", "telehealth", "Telehealth is no visit at home", "denied", ("HIT-105",),
            lambda bill: replace(bill, place_of_service="10"),
        ),
        Sample(
            "MIXED08", "no referring provider", "No referring provider", "denied", ("HIT-108",),
            lambda bill: replace(bill, referring=None),
        ),
        Sample("MIXED09", "three visits", "Nobody has this MBI", "denied", ("HIT-301",), for_nobody),
        Sample(
            "MIXED10", "other category", "The drug is of another category than the visit", "denied", ("HIT-503",),
            with_lines(line("G0089")),
        ),
        Sample("MIXED11", "plan by a nurse practitioner", "No physician made the plan", "suspended", ("HIT-402",)),
        Sample("MIXED12", "plan not signed", "The plan of care is not signed", "suspended", ("HIT-403",)),
        Sample("MIXED13", "plan without duration", "The plan leaves out the duration", "suspended", ("HIT-404",)),
        Sample("MIXED14", "drug without a code", "A reviewer gives the category", "suspended", ("HIT-504",)),
        Sample("MIXED15", "in Medicare Advantage", "The plan pays, not Medicare", "denied", ("HIT-305",)),
        Sample(
            "MIXED16", "in hospital", "The visit in the stay is denied, the later one pays", "payable", ("HIT-306",),
            with_lines(line(), line("G0068", FRIDAY)),
        ),
        Sample(
            "MIXED17", "in hospice", "Unrelated to the terminal condition (GW) pays, else not", "payable", ("HIT-308",),
            with_lines(line("G0088", FIRST_VISIT, "GW"), line("G0068", WEDNESDAY)),
        ),
        Sample("MIXED18", "drug denied", "The drug was not covered", "denied", ("HIT-502",)),
        Sample(
            "MIXED19", "odd units", "Units are whole steps of 15 minutes", "denied", ("HIT-104",),
            with_lines(line(units="2.5")),
        ),
        Sample("MIXED20", "no price", "No locality for the ZIP", "suspended", ("HIT-901",), where_no_price_is_known),
        Sample("MIXED21", "under review", "The supplier is under prepayment review", "suspended", ("HIT-206",)),
        Sample("MIXED22", "not accredited", "The accreditation has lapsed", "denied", ("HIT-202",)),
        Sample("MIXED23", "long visit", "Pays; over five hours informs", "payable", (), with_lines(line(units="22"))),
    ),
    "one_bad_claim": (
        Sample("NEIGHBOUR01", "good neighbour", "Accepted, and pays", "payable"),
        Sample("REFUSED01", "refused", "Refused: no MBI has an S", "rejected", (), with_a_letter_no_mbi_has),
        Sample("NEIGHBOUR02", "other neighbour", "Accepted, and pays", "payable"),
    ),
    "bad_envelope": (Sample("UNREAD01", "one visit", "Never read: the file is refused whole", ""),),
    "test_claims": (
        Sample("TEST01", "three visits", "Decided apart, without history", "payable", (), THREE_VISITS),
        Sample("TEST02", "no drug", "Decided apart, and on hold", "on_hold", ("HIT-501",)),
    ),
}  # fmt: skip


def sample_files(cast: Cast) -> dict[str, bytes]:
    """The sample files by name, as the demonstration receives them: in this order."""
    return {f"{name}.x12": _write(cast, name, number) for number, name in enumerate(SAMPLES, 1)}


def _write(cast: Cast, name: str, number: int) -> bytes:
    mailing = Mailing(
        sender=AGENT,
        sender_name="COMMON BILLING AGENT",
        control_number=900_000 + number,
        sent=SENT,
        bills=_by_biller(cast, SAMPLES[name]),
        is_test=name == "test_claims",
    )
    content = write_837p(mailing)
    if name == "bad_envelope":
        return content.replace(b"IEA*1*000900004", b"IEA*1*000900044")
    return content


def _by_biller(cast: Cast, samples: Sequence[Sample]) -> tuple[tuple[Biller, tuple[Bill, ...]], ...]:
    grouped: dict[Biller, list[Bill]] = {}
    for sample in samples:
        grouped.setdefault(cast.members[sample.member].supplier.biller, []).append(bill_of(cast, sample))
    return tuple((biller, tuple(bills)) for biller, bills in grouped.items())


def bill_of(cast: Cast, sample: Sample) -> Bill:
    draft = cast.members[sample.member]
    bill = Bill(sample.control_number, draft.as_billed, (line(),), ("I50.22",), PHYSICIAN)
    return sample.change(bill)
