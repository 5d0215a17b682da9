"""What is on file about one patient today, as the facts that decisions use, and names that no fact carries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from beneficiaries.models import CoverageSpan, DmeDrugClaim, Stay
from claims.adjudication.facts import BeneficiaryFacts
from claims.adjudication.reading.patients import (
    PatientRows,
    dated_facts,
    drug_bills,
    facts_of_patient,
    plans_of_care,
    read_patients,
)
from claims.adjudication.reading.sql import Row
from claims.adjudication.reading.visits import Own, deductible_used, read_visits, visit_history
from claims.calendar.scene import Names
from claims.calendar.window import Window

#: An arrival number that nothing has yet: everything on file came before it.
NEVER = 2**63 - 1
NO_CLAIM: Own = (0, None)


@dataclass(frozen=True, slots=True)
class PatientOnFile:
    """What is on file about a patient around some days: drug bills of the window and of the 120 days before, the rest
    whole. `visits` are rows of the reader.
    """

    key: int
    window: Window
    rows: PatientRows
    visits: list[Row]

    def facts(self, *, supplier_id: int | None = None, own: Own = NO_CLAIM) -> BeneficiaryFacts:
        """The patient as decisions see one. Plans of care are those with one supplier, with all when none is named;
        visits are all but those of the claim `own` and of the one it replaces.
        """
        dated = dated_facts(self.rows, NEVER)
        suppliers = [supplier_id] if supplier_id else sorted({row[1] for row in self.rows.plans})
        return facts_of_patient(
            self.rows,
            dated,
            key=self.key,
            mbi="",
            plans_of_care=tuple(plan for each in suppliers for plan in plans_of_care(self.rows, NEVER, each)),
            drug_bills=drug_bills(self.rows, NEVER, (self.window.first, self.window.last)),
            visits=visit_history(self.visits, own, NEVER, None),
            deductible_remaining=(),
        )

    def deductible_used_here(self) -> dict[int, Decimal]:
        """Dollars of deductible by year that the standing decisions of this contractor used."""
        return deductible_used(self.visits, NO_CLAIM)


def patient_on_file(beneficiary_id: int, window: Window) -> PatientOnFile:
    """The rows of a patient who is on file; five queries."""
    rows = read_patients([beneficiary_id], window.first, window.last)[beneficiary_id]
    return PatientOnFile(beneficiary_id, window, rows, read_visits([beneficiary_id]).get(beneficiary_id, []))


def names_of(beneficiary_id: int, window: Window) -> Names:
    """The names of drug suppliers, facilities and insurers of a patient; three queries."""
    since = window.first - dt.timedelta(days=120)
    bills = DmeDrugClaim.objects.filter(beneficiary=beneficiary_id, date_of_service__range=(since, window.last))
    stays = Stay.objects.filter(beneficiary=beneficiary_id).values_list("kind", "admitted", "facility")
    spans = CoverageSpan.objects.filter(beneficiary=beneficiary_id).exclude(plan="")
    return Names(
        drug_suppliers={str(key): name for key, name in bills.values_list("pk", "supplier_name")},
        facilities={(kind, admitted): facility for kind, admitted, facility in stays},
        insurers={(span.kind, span.first_day): span.plan for span in spans},
    )
