"""Therapies that are infused at home: the drug, what a plan of care says of it, how often a nurse comes."""

from __future__ import annotations

from dataclasses import dataclass

#: Visit codes by payment category: initial, subsequent (Pub. 100-02 ch. 15 §320.8.1).
VISIT_CODES = {1: ("G0088", "G0068"), 2: ("G0089", "G0069"), 3: ("G0090", "G0070")}


@dataclass(frozen=True, slots=True)
class Therapy:
    """A course of treatment. `weeks` is how long it lasts, `visits` the ordered range a week, `every_weeks` the rhythm.

    `share` is its part of all courses, in percent.
    """

    drug: str
    modifier: str
    category: int
    name: str
    dosage: str
    frequency: str
    diagnoses: tuple[str, ...]
    visits: tuple[int, int]
    weeks: tuple[int, int]
    every_weeks: int
    share: int

    @property
    def route(self) -> str:
        return "SC" if self.category == 2 else "IV"

    @property
    def code(self) -> str:
        """Code and modifier, as plans of care list them."""
        return f"{self.drug} {self.modifier}".strip()


#: Drug, modifier | category | therapy | dosage | frequency | diagnoses | visits a week | weeks | rhythm | share
_TABLE = """
J2260    | 1 | inotropic infusion       | 0.375 mcg/kg/min        | continuous     | I50.22       | 1 3 | 6 14  | 1 | 24
J1250    | 1 | inotropic infusion       | 5 mcg/kg/min            | continuous     | I50.23       | 1 3 | 4 8   | 1 | 6
J3285    | 1 | prostacyclin infusion    | 20 ng/kg/min            | continuous     | I27.0        | 1 1 | 16 30 | 2 | 8
J1570    | 1 | antiviral infusion       | 5 mg/kg                 | every 12 hours | B25.9        | 1 2 | 2 4   | 1 | 8
J0289    | 1 | antifungal infusion      | 3 mg/kg                 | daily          | B44.9        | 1 3 | 2 5   | 1 | 8
J2270    | 1 | pain management by pump  | 2 mg/hour               | continuous     | G89.3 C79.51 | 1 2 | 3 8   | 1 | 6
J1559 JB | 2 | subcutaneous globulin    | 10 g                    | weekly         | D83.9        | 1 1 | 12 28 | 4 | 12
J1561 JB | 2 | subcutaneous globulin    | 12 g                    | weekly         | D80.1        | 1 1 | 12 28 | 4 | 6
J1575 JB | 2 | facilitated globulin     | 30 g                    | monthly        | G61.81       | 1 1 | 12 28 | 4 | 6
J9190    | 3 | continuous chemotherapy  | 2400 mg/m2 in 46 hours  | every 2 weeks  | C18.9        | 1 2 | 8 16  | 2 | 10
J9000    | 3 | continuous chemotherapy  | 15 mg/m2/day            | every 3 weeks  | C90.00       | 1 1 | 6 12  | 3 | 3
J9039    | 3 | continuous immunotherapy | 28 mcg/day              | continuous     | C91.00       | 2 3 | 4 4   | 1 | 3
"""


def _therapy(line: str) -> Therapy:
    drug, category, name, dosage, frequency, diagnoses, *numbers = (cell.strip() for cell in line.split("|"))
    visits, weeks, every_weeks, share = numbers
    code, modifier = (*drug.split(), "")[:2]
    fewest, most = map(int, visits.split())
    shortest, longest = map(int, weeks.split())
    return Therapy(
        drug=code,
        modifier=modifier,
        category=int(category),
        name=name,
        dosage=dosage,
        frequency=frequency,
        diagnoses=tuple(diagnoses.split()),
        visits=(fewest, most),
        weeks=(shortest, longest),
        every_weeks=int(every_weeks),
        share=int(share),
    )


THERAPIES = tuple(map(_therapy, _TABLE.strip().splitlines()))

#: A drug without a code of its own, and what its bill says of it: a reviewer gives the category (HIT-504).
DRUG_WITHOUT_CODE = "J7799"
NARRATIVE = "CEFTAROLINE FOSAMIL 600 MG, SYNTHETIC MAKER, 2 G EVERY 12 HOURS IV"
