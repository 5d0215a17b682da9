"""The demonstration's suppliers: forty, of every kind, most in good order and some not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Model

from claims.demo.bills import Biller, PostalAddress
from claims.demo.identifiers import npi, tax_id
from claims.demo.towns import STREETS, TOWNS
from suppliers.models import (
    Accreditation,
    Enrollment,
    License,
    PrepaymentReview,
    Revocation,
    Subcontractor,
    Supplier,
)
from suppliers.spans import days

#: Name | kind | town | licences, its own State first | accredited | who sends its files | share of patients | remark
_TABLE = """
Chesapeake Infusion      | pharmacy  | Baltimore     | MD DC VA | TJC 2023-12-16 2029-12-15  | own   | 9 |
Potomac Infusion         | pharmacy  | Rockville     | MD DC VA | ACHC 2024-04-23 2027-04-22 | own   | 8 |
Tidewater Pharmacy       | pharmacy  | Annapolis     | MD DE    | NABP 2023-04-14 2026-04-13 | agent | 7 | lapses soon
Blue Ridge Infusion      | pharmacy  | Hagerstown    | MD PA    | URAC 2023-03-27            | agent | 7 |
Bayline Infusion         | pharmacy  | Salisbury     | MD DE    | TJC 2024-01-10 2027-01-09  | agent | 6 |
Shenandoah Care          | agency    | Frederick     | MD DC    | CHAP 2023-06-01 2026-05-31 | agent | 6 | subcontracts
Larkspur Infusion        | pharmacy  | Philadelphia  | PA NJ    | TJC 2023-12-16 2029-12-15  | own   | 6 |
Quillfeather Therapy     | agency    | Lancaster     | PA       | CHAP 2024-02-01 2027-01-31 | agent | 3 |
Three Rivers Infusion    | pharmacy  | Pittsburgh    | PA       | ACHC 2024-04-23 2027-04-22 | agent | 4 |
Foxglove Specialty Rx    | pharmacy  | Harrisburg    | PA MD    | URAC 2023-03-27            | agent | 3 |
Lakeshore Infusion       | pharmacy  | Erie          | PA       | TCT 2024-01-01 2026-12-31  | agent | 1 |
Anthracite Home Care     | agency    | Scranton      | PA       | CHAP 2024-05-01 2027-04-30 | agent | 1 |
Garden State Infusion    | pharmacy  | Newark        | NJ       | TJC 2023-12-16 2029-12-15  | agent | 5 |
Palisade Pharmacy        | pharmacy  | Jersey City   | NJ       | NABP 2024-09-26 2027-09-25 | agent | 2 |
Delaware Valley Therapy  | other     | Trenton       | NJ PA    | ACHC 2024-04-23 2027-04-22 | agent | 2 |
Pine Barrens Infusion    | pharmacy  | Camden        | NJ       | URAC 2023-03-27            | agent | 2 |
Nassau Physicians        | physician | Princeton     | NJ       | ACHC 2024-04-23 2027-04-22 | agent | 1 |
First State Infusion     | pharmacy  | Wilmington    | DE PA    | TJC 2023-12-16 2029-12-15  | agent | 3 |
Diamond Coast Home Rx    | pharmacy  | Dover         | DE       | NABP 2024-09-26 2027-09-25 | agent | 1 |
Anacostia Infusion       | pharmacy  | Washington    | DC MD    | TJC 2023-12-16 2029-12-15  | agent | 3 |
Rock Creek Home Care     | agency    | Washington    | DC       | CHAP 2024-02-01 2027-01-31 | agent | 2 |
Meridian Hill Physicians | physician | Washington    | DC       | ACHC 2024-04-23 2027-04-22 | agent | 1 |
Old Dominion Infusion    | pharmacy  | Arlington     | VA DC    | TJC 2023-12-16 2029-12-15  | agent | 2 |
Rappahannock Pharmacy    | pharmacy  | Alexandria    | VA       | URAC 2023-03-27            | agent | 1 |
James River Therapy      | agency    | Richmond      | VA       | CHAP 2024-02-01 2027-01-31 | agent | 1 |
Piedmont Infusion        | pharmacy  | Raleigh       | NC VA    | ACHC 2024-04-23 2027-04-22 | agent | 1 |
Buckeye Home Infusion    | pharmacy  | Columbus      | OH       | TJC 2023-12-16 2029-12-15  | agent | 1 |
Mohawk Valley Infusion   | pharmacy  | Albany        | NY       | URAC 2023-03-27            | agent | 1 |
Patapsco Hospital        | hospital  | Baltimore     | MD       | TJC 2023-12-16 2029-12-15  | agent | 4 |
Susquehanna Hospital     | hospital  | Harrisburg    | PA       | TJC 2023-12-16 2029-12-15  | agent | 2 |
Gunpowder Infusion       | pharmacy  | Bel Air       | MD       | ACHC 2022-12-30 2025-12-29 | agent | 2 | lapsed
Piscataway Therapy       | pharmacy  | Silver Spring | MD DC    | TJC 2023-12-16 2029-12-15  | agent | 3 | under review
Catoctin Home Infusion   | pharmacy  | Frederick     | MD       | URAC 2023-03-27            | agent | 2 | under review
Conococheague Care       | agency    | Hagerstown    | MD       | CHAP 2024-02-01 2027-01-31 | agent | 2 | revoked
Magothy Pharmacy         | pharmacy  | Glen Burnie   | MD       | NABP 2024-09-26 2027-09-25 | agent | 1 | specialty A5
Severn Drug              | pharmacy  | Annapolis     | MD       | NABP 2024-09-26 2027-09-25 | agent | 1 | specialty A5
Patuxent Infusion        | pharmacy  | Columbia      | MD       | ACHC 2025-05-20 2028-05-19 | agent | 2 | began in June
Choptank Home Therapy    | other     | Salisbury     | MD       | TJC 2023-12-16 2029-12-15  | agent | 1 | license ended
Allegheny Ridge Infusion | pharmacy  | Cumberland    | MD       |                            | agent | 1 |
Monocacy Infusion        | pharmacy  | Frederick     | MD       | TJC 2023-12-16 2029-12-15  | agent | 0 | not enrolled
"""

#: The interchange id of the billing agent who sends the files of many.
AGENT = "AGENTBILL"
TAXONOMIES = {"pharmacy": "3336H0001X", "agency": "251E00000X", "hospital": "282N00000X"}
BEFORE = dt.date(2021, 1, 1)


@dataclass(slots=True)
class DemoSupplier:
    """A supplier with the rows around it, as it bills, and its share of the demonstration's patients."""

    supplier: Supplier
    licensed: tuple[str, ...]
    share: int
    rows: list[Model] = field(default_factory=list)

    @property
    def bills_every_weeks(self) -> int:
        """The more patients, the more often."""
        return 4 if self.share >= 3 else 8

    @property
    def biller(self) -> Biller:
        own = self.supplier
        address = PostalAddress(own.address, own.city, own.state, own.zip)
        return Biller(own.name, own.npi, own.tin, own.taxonomy, address)


def make_suppliers() -> list[DemoSupplier]:
    """The suppliers of the table, always the same ones."""
    return [_supplier(number, line) for number, line in enumerate(_TABLE.strip().splitlines(), 1)]


def _supplier(number: int, line: str) -> DemoSupplier:
    name, kind, city, licensed, accredited, sent_by, share, remark = (cell.strip() for cell in line.split("|"))
    states = tuple(licensed.split())
    town = next(town for town in TOWNS[states[0]] if town.city == city)
    supplier = Supplier(
        npi=npi(number),
        tin=tax_id(number),
        name=name,
        kind=Supplier.Kind.HOME_HEALTH_AGENCY if kind == "agency" else kind,
        specialty="A5" if remark == "specialty A5" else "D6",
        taxonomy=TAXONOMIES.get(kind, "251F00000X"),
        address=f"{100 + number} {STREETS[number % len(STREETS)]}",
        city=town.city,
        state=town.state,
        zip=f"{town.zips[0]}{1000 + number}",
        submitter_id=AGENT if sent_by == "agent" else name.replace(" ", "").upper()[:9],
    )
    found = DemoSupplier(supplier, states, int(share))
    found.rows += [
        *_licenses(supplier, states, remark),
        *_accreditations(supplier, accredited),
        *_state(supplier, remark),
    ]
    return found


def _licenses(supplier: Supplier, states: tuple[str, ...], remark: str) -> Iterator[Model]:
    last = dt.date(2025, 9, 30) if remark == "license ended" else None
    for state in states:
        yield License(
            supplier=supplier, state=state, number=f"{state}-{supplier.npi[-5:]}", in_force=days(BEFORE, last)
        )


def _accreditations(supplier: Supplier, accredited: str) -> Iterator[Model]:
    if not accredited:
        return
    organization, first, *last = accredited.split()
    term = days(dt.date.fromisoformat(first), dt.date.fromisoformat(last[0]) if last else None)
    number = f"{organization}-{supplier.npi[-5:]}"
    yield Accreditation(supplier=supplier, organization=organization, number=number, in_force=term)


def _state(supplier: Supplier, remark: str) -> Iterator[Model]:
    """Enrolment, and what else the remark says."""
    if remark != "not enrolled":
        first = dt.date(2025, 6, 1) if remark == "began in June" else BEFORE
        yield Enrollment(supplier=supplier, in_force=days(first))
    if remark == "revoked":
        yield Revocation(
            supplier=supplier, in_force=days(dt.date(2025, 11, 1)), reason="Not operational at its address"
        )
    if remark == "under review":
        yield PrepaymentReview(supplier=supplier, in_force=days(dt.date(2026, 2, 16)), reason="Visits rose threefold")
    if remark == "subcontracts":
        yield Subcontractor(
            supplier=supplier,
            name="Catalpa Nursing Partners",
            services="Nursing visits west of Frederick",
            in_force=days(dt.date(2024, 1, 1)),
        )
