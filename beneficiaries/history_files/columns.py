"""The columns of each kind of history file. docs/history_files.md lists the same; a test compares them."""

from __future__ import annotations

from dataclasses import dataclass

from beneficiaries.history_files import values
from beneficiaries.history_files.values import Reader, Value
from beneficiaries.models import CoverageSpan, DmeDrugClaim, HistoryKind, OutsideVisit, Stay


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, how a cell is read, and what an empty cell gives (nothing when it must be filled)."""

    name: str
    read: Reader
    is_required: bool = False
    empty: Value = ""

    def value_of(self, cell: str) -> Value:
        """What a cell without white space around it says; ValueError tells what to do about it."""
        if cell:
            return self.read(cell)
        if self.is_required:
            raise ValueError("The cell is empty. Fill it in.")
        return self.empty


def required(name: str, read: Reader) -> Column:
    return Column(name, read, is_required=True)


def optional(name: str, read: Reader, empty: Value = "") -> Column:
    return Column(name, read, empty=empty)


#: Who the row is about: the MBI, and to be sure a birth date or a last name, of which one must agree.
PATIENT = (
    required("mbi", values.mbi),
    optional("birth_date", values.day, None),
    optional("last_name", values.text(60)),
)
SPAN = (required("from", values.day), optional("to", values.day, None))

COLUMNS: dict[HistoryKind, tuple[Column, ...]] = {
    HistoryKind.PEOPLE: (
        required("mbi", values.mbi),
        required("last_name", values.text(60)),
        required("first_name", values.text(35)),
        optional("middle_name", values.text(25)),
        required("birth_date", values.day),
        required("sex", values.sex),
        required("address", values.text(120)),
        required("city", values.text(60)),
        required("state", values.state),
        required("zip", values.zip_code),
        *SPAN,
    ),
    HistoryKind.PROVIDERS: (
        *PATIENT,
        required("npi", values.npi),
        required("name", values.text(120)),
        required("credential", values.credential),
        *SPAN,
    ),
    HistoryKind.COVERAGE: (
        *PATIENT,
        required("coverage", values.choice(CoverageSpan.Kind.values)),
        *SPAN,
        optional("plan", values.text(120)),
    ),
    HistoryKind.STAYS: (
        *PATIENT,
        required("stay", values.choice(Stay.Kind.values)),
        required("admitted", values.day),
        optional("discharged", values.day, None),
        optional("facility", values.text(120)),
    ),
    HistoryKind.DRUG_CLAIMS: (
        *PATIENT,
        required("hcpcs", values.hcpcs),
        optional("modifier", values.modifier),
        required("date_of_service", values.day),
        required("status", values.choice(DmeDrugClaim.Status.values)),
        optional("supplier_name", values.text(120)),
        optional("narrative", values.text(200)),
        optional("claim_number", values.text(30)),
    ),
    HistoryKind.OUTSIDE_VISITS: (
        *PATIENT,
        required("hcpcs", values.hcpcs),
        required("date_of_service", values.day),
        required("status", values.choice(OutsideVisit.Status.values)),
        required("supplier_npi", values.npi),
        optional("supplier_tin", values.tax_id),
        optional("supplier_name", values.text(120)),
        optional("contractor", values.text(5)),
        optional("claim_number", values.text(30)),
    ),
    HistoryKind.DEDUCTIBLE: (
        *PATIENT,
        required("year", values.year),
        required("amount", values.money),
        required("source", values.text(200)),
    ),
    HistoryKind.DEATHS: (*PATIENT, required("died", values.day)),
}

#: Columns of which the second may not be earlier than the first.
IN_ORDER = (("from", "to"), ("admitted", "discharged"))


def kind_of(names: set[str]) -> HistoryKind | None:
    """The one kind that has all these columns and asks for no others; None when there is none or more than one."""
    fitting = [
        kind
        for kind, columns in COLUMNS.items()
        if {column.name for column in columns if column.is_required} <= names <= {column.name for column in columns}
    ]
    return fitting[0] if len(fitting) == 1 else None
