"""A claim as a supplier's billing program holds it before it is written as an 837P."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PostalAddress:
    street: str
    city: str
    state: str
    zip: str


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient as billed (loop 2010BA)."""

    mbi: str
    last_name: str
    first_name: str
    birth_date: dt.date
    sex: str
    address: PostalAddress


@dataclass(frozen=True, slots=True)
class Doctor:
    """The referring provider (loop 2310A)."""

    last_name: str
    first_name: str
    npi: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A service line (loop 2400); without a `through` it is one day."""

    day: dt.date
    hcpcs: str
    units: str
    charge: Decimal
    modifiers: tuple[str, ...] = ()
    through: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    """A claim (loop 2300) with its patient. Diagnoses have their dot."""

    control_number: str
    patient: Patient
    lines: tuple[BilledLine, ...]
    diagnoses: tuple[str, ...]
    referring: Doctor | None
    place_of_service: str = "12"
    assignment: str = "A"
    service_location: PostalAddress | None = None
    note: str = ""

    @property
    def charge(self) -> Decimal:
        return sum((line.charge for line in self.lines), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class Biller:
    """The billing provider (loops 2000A and 2010AA)."""

    name: str
    npi: str
    tin: str
    taxonomy: str
    address: PostalAddress


@dataclass(frozen=True, slots=True)
class Mailing:
    """One interchange: who sends it, its control number (ISA13), when, and the bills of each billing provider."""

    sender: str
    sender_name: str
    control_number: int
    sent: dt.datetime
    bills: tuple[tuple[Biller, tuple[Bill, ...]], ...]
    is_test: bool = False
