"""Checking one claim: find the patient, write it as an 837P, read it as the gateway does, decide it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from claims.adjudication.decision import Decision, LineDecision
from claims.adjudication.facts import ClaimFacts
from claims.intake.x12.findings import GatewayFinding
from claims.models import ClaimLine, LineOutcome
from claims.pages.claim.lines import FindingShown, LineShower, LineShown
from claims.precheck.bill import Bill, OnFile, on_file, read_bill, write_837p
from claims.precheck.looks import look
from claims.precheck.suggestions import Suggestion, suggestion_for
from claims.precheck.unsent import Unsent, decide_unsent, lines_billed
from claims.precheck.words import headline
from policy.readers import reason_meanings
from policy.tables import PolicyTables
from suppliers.models import Supplier

ZERO = Decimal("0.00")

#: The edit that fires where no patient is looked at; that nobody matched is said in other words.
NOT_IDENTIFIED = "HIT-301"


@dataclass(frozen=True, slots=True)
class LineChecked:
    """A line as its supplier may know it, and what could be changed to make it payable.

    There is no `outcome` where that depends on a patient who was not looked at.
    """

    shown: LineShown
    decided: LineDecision
    outcome: LineOutcome | None
    deciding: tuple[FindingShown, ...]
    suggestion: Suggestion | None

    @property
    def number(self) -> int:
        return self.shown.line.number


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim as it would be decided if it came today. `why_no_patient` says why nobody's record was looked at."""

    facts: ClaimFacts
    decision: Decision
    lines: tuple[LineChecked, ...]
    billed: tuple[ClaimLine, ...]
    gateway: tuple[GatewayFinding, ...]
    why_no_patient: str
    on_file: OnFile | None

    @property
    def headline(self) -> str:
        return headline([line.outcome for line in self.lines])

    @property
    def medicare_pays(self) -> Decimal:
        return sum((line.decided.paid for line in self._paying), ZERO)

    @property
    def patient_owes(self) -> Decimal:
        prices = [line.decided.price for line in self._paying]
        return sum((price.deductible + price.coinsurance for price in prices if price), ZERO)

    @property
    def waits(self) -> bool:
        """Whether lines that pay would wait for others of the claim (fine point e)."""
        return bool(self._paying) and not self.decision.is_final

    @property
    def _paying(self) -> list[LineChecked]:
        return [line for line in self.lines if line.outcome == LineOutcome.PAY]


def check_bill(bill: Bill, supplier: Supplier, *, by: User, today: dt.date, tables: PolicyTables, page: str) -> Checked:
    """What the claim would be decided if the supplier sent it today; nothing is kept but that it asked."""
    patient = bill.patient
    looked = look(supplier, [patient], by=by, on=today, tables=tables, page=page)
    beneficiary_id = looked.found.get(patient)
    return checked_as(bill, supplier, beneficiary_id, looked.why_not(patient), today, tables)


def checked_as(
    bill: Bill,
    supplier: Supplier,
    beneficiary_id: int | None,
    why_no_patient: str,
    today: dt.date,
    tables: PolicyTables,
) -> Checked:
    """The bill decided for a person on file who may be looked at; one that names another claim, in its place."""
    found = on_file(beneficiary_id, bill.referring_npi, today) if beneficiary_id else None
    reading = read_bill(write_837p(bill, supplier, found, today), tables, today, bill.frequency)
    unsent = Unsent(reading, supplier.pk, beneficiary_id, original=bill.names)
    (decided,) = decide_unsent([unsent], today, tables)
    billed = lines_billed(unsent, today)
    return Checked(
        facts=decided.facts,
        decision=decided.decision,
        lines=lines_checked(decided.facts, decided.decision, billed, tables, is_identified=found is not None),
        billed=tuple(billed),
        gateway=reading.findings,
        why_no_patient=why_no_patient,
        on_file=found,
    )


def lines_checked(
    facts: ClaimFacts, decision: Decision, billed: list[ClaimLine], tables: PolicyTables, *, is_identified: bool
) -> tuple[LineChecked, ...]:
    """The lines as a supplier may read them."""
    shower = LineShower(decision, facts, tables, reason_meanings(tables.publication), is_for_supplier=True)
    decided = {line.number: line for line in decision.lines}
    return tuple(
        _line(shown, decided[shown.line.number], facts, tables, is_identified) for shown in shower.show(billed)
    )


def _line(
    shown: LineShown, decided: LineDecision, facts: ClaimFacts, tables: PolicyTables, is_identified: bool
) -> LineChecked:
    if is_identified:
        suggestion = suggestion_for(decided, facts, tables)
        return LineChecked(shown, decided, shown.outcome, shown.deciding, suggestion)
    deciding = tuple(finding for finding in shown.deciding if finding.edit != NOT_IDENTIFIED)
    outcomes = {
        finding.disposition for finding in decided.findings if finding.edit != NOT_IDENTIFIED and finding.decides
    }
    outcome = LineOutcome.DENY if "deny" in outcomes else None
    return LineChecked(shown, decided, outcome, deciding, None)
