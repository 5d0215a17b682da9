"""The page of a draft: its forms, and what a check of it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from claims.adjudication.decision import LineDecision, Price
from claims.corrections.filling import bill_of
from claims.corrections.routes import frequency_of, route_of_correction
from claims.edits.context import governing_plan
from claims.edits.hit_102_timely_filing import last_day_to_file
from claims.edits.wording import dollars, in_words, listed
from claims.models import ClaimDraft, LineOutcome
from claims.pages.claim.lines import FindingShown
from claims.pages.claim.price import ADJUSTMENTS
from claims.payment.floor import payment_day
from claims.precheck import passes, strips
from claims.precheck.bill import Bill, units_of
from claims.precheck.checking import Checked, LineChecked, check_bill
from claims.precheck.forms import DraftForms, VisitForm, forms_of
from claims.precheck.words import WORDS
from policy import clock
from policy.readers import tables_as_known
from policy.tables import PolicyTables

PAGE = "Check before billing"

#: Steps of a price that stand on the page, in their order.
STEPS = ("national_amount", "locality_amount", "fee", "allowed", "deductible", "coinsurance", "sequestration", "paid")


#: Fields of the form that are folded away, for the record knows them.
FOLDED = (
    "first_name",
    "sex",
    "street",
    "city",
    "state",
    "zip_code",
    "referring_last_name",
    "referring_first_name",
    "patient_control_number",
    "attachment_type",
    "attachment_number",
)


def about(error: str, label: str) -> str:
    """The error with the name of its field before it, unless it says it."""
    return error if label.lower() in error.lower() else f"{label}: {error}"


@dataclass(frozen=True, slots=True)
class StepShown:
    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LineOnPage:
    """A line's verdict with its price, and the strip of the 60 days where the initial code came too early."""

    checked: LineChecked
    word: str
    steps: tuple[StepShown, ...]
    gap: strips.Strip | None

    @property
    def price(self) -> Price | None:
        return self.checked.decided.price if self.checked.outcome == LineOutcome.PAY else None

    @property
    def pays(self) -> str:
        return f"{self.word} {dollars(self.checked.decided.paid)}"


@dataclass(frozen=True, slots=True)
class Note:
    """What stands under a visit of the form; `tone` is pays, denied or neutral."""

    number: int
    words: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class VerdictShown:
    """The right side of the page."""

    checked: Checked
    lines: tuple[LineOnPage, ...]
    drugs: tuple[strips.DrugShown, ...]
    in_order: tuple[str, ...]
    checks: tuple[passes.CheckRun, ...]
    payment_day: dt.date
    last_day_to_bill: dt.date
    first_visit: dt.date
    not_taken: tuple[str, ...]

    @property
    def informing(self) -> list[tuple[int, FindingShown]]:
        """What informs and decides nothing, by visit."""
        return [(line.number, finding) for line in self.checked.lines for finding in line.shown.informing]

    @property
    def denied(self) -> str:
        """ "Line 1 would be denied.", of all that would be, for the sentence beside the button."""
        numbers = [str(line.checked.number) for line in self.lines if line.checked.outcome == LineOutcome.DENY]
        return f"Visit{'s' if len(numbers) > 1 else ''} {listed(numbers)} would be denied." if numbers else ""


@dataclass(frozen=True, slots=True)
class DraftPage:
    """All that the page shows. Without a verdict, `lacking` says what must be filled in first."""

    draft: ClaimDraft
    forms: DraftForms
    today: dt.date
    checked_at: dt.datetime
    verdict: VerdictShown | None
    lacking: str
    notes: tuple[Note, ...]
    units: str
    patient: str
    plan: str

    @property
    def name(self) -> str:
        return str(self.draft)

    @property
    def number(self) -> str:
        return number_of(self.draft)

    @property
    def rows(self) -> list[tuple[VisitForm, Note]]:
        """The visits of the form with what stands under each."""
        return list(zip(self.forms.visits, self.notes, strict=True))

    @property
    def has_more(self) -> bool:
        """Whether one of the folded fields holds something, or has to."""
        claim = self.forms.claim
        return any(self.draft.values.get(name) or name in claim.errors for name in FOLDED)

    @property
    def to_correct(self) -> list[tuple[str, str]]:
        """What keeps the draft from being sent: the id of the field, and what is wrong with it."""
        claim = self.forms.claim
        found = [
            (str(claim[name].id_for_label), about(str(error), str(claim[name].label)))
            for name, errors in claim.errors.items()
            if name in claim.fields
            for error in errors
        ]
        return found + [("", words) for words in (self.verdict.not_taken if self.verdict else ())]


def draft_page(draft: ClaimDraft, by: User) -> DraftPage:
    """The draft as it was saved, checked for its supplier."""
    now, tables = clock.now(), tables_as_known()
    forms = forms_of(draft.values, tables)
    lacking, units = listed(forms.lacking), _units(forms.checked)
    verdict = None if lacking else verdict_on(forms, draft, by, now.date(), tables)
    found = verdict.checked.on_file if verdict else None
    return DraftPage(
        draft=draft,
        forms=forms,
        today=now.date(),
        checked_at=now,
        verdict=verdict,
        lacking=lacking,
        notes=tuple(_notes(forms, verdict)),
        units=units,
        patient=found.sentence if found else "",
        plan=_plan(verdict) if found and verdict else "",
    )


def verdict_on(forms: DraftForms, draft: ClaimDraft, by: User, today: dt.date, tables: PolicyTables) -> VerdictShown:
    bill = _bill_of(forms, draft, today, tables)
    checked = check_bill(bill, draft.supplier, by=by, today=today, tables=tables, page=PAGE)
    gaps = {gap.line: gap.strip for gap in strips.gaps(checked.facts, checked.decision)} if checked.on_file else {}
    first = min(line.date for line in checked.facts.lines)
    is_denied = checked.decision.status == "deny"
    return VerdictShown(
        checked=checked,
        lines=tuple(line_on_page(line, gaps) for line in checked.lines),
        drugs=tuple(strips.drugs(checked.facts, tables)),
        in_order=tuple(passes.in_order(checked, tables)),
        checks=tuple(passes.all_checks(checked)),
        payment_day=payment_day(
            received=today, decided=today, channel="electronic", is_denied=is_denied, tables=tables
        ),
        last_day_to_bill=last_day_to_file(first),
        first_visit=first,
        not_taken=tuple(forms.tell(checked.gateway)),
    )


def number_of(draft: ClaimDraft) -> str:
    """The account number of a claim, and the control number of its papers, where the supplier gives none."""
    return f"D{draft.pk}"


def _bill_of(forms: DraftForms, draft: ClaimDraft, today: dt.date, tables: PolicyTables) -> Bill:
    """The bill as it is checked: a correction in the place of its claim, where it does not go as a new one."""
    number, claim = number_of(draft), draft.corrects
    if claim is None:
        return forms.bill(number)
    return bill_of(forms, number, claim, frequency_of(route_of_correction(claim, today, tables)))


def line_on_page(line: LineChecked, gaps: Mapping[int, strips.Strip]) -> LineOnPage:
    word = WORDS[line.outcome] if line.outcome else ""
    return LineOnPage(line, word, tuple(_steps(line.decided)), gaps.get(line.number))


def _steps(decided: LineDecision) -> Iterator[StepShown]:
    """The steps of the price; what a step takes away has a minus."""
    if decided.price is None:
        return
    by_name = {step.name: step for step in decided.price.steps}
    for name in STEPS:
        if step := by_name.get(name):
            yield StepShown(step.label, -step.amount if name in ADJUSTMENTS and step.amount else step.amount)


# ---------- beside the fields ----------


def _notes(forms: DraftForms, verdict: VerdictShown | None) -> Iterator[Note]:
    """A sentence under each visit: what is wrong with what was typed, or what would become of it."""
    shown = {visit.number: line for visit, line in zip(forms.checked, verdict.lines, strict=True)} if verdict else {}
    for visit in forms.visits:
        errors = [str(error) for found in visit.errors.values() for error in found]
        if errors:
            yield Note(visit.number, " ".join(errors), "denied")
        elif line := shown.get(visit.number):
            yield _note(visit.number, line)
        else:
            yield Note(visit.number, "" if visit.is_empty else "Date, minutes and charge are needed to check it.")


def _note(number: int, line: LineOnPage) -> Note:
    words = line.checked.shown.code_words
    code = f"{words[:1].upper()}{words[1:]}"
    if line.checked.outcome is None:
        return Note(number, code)
    tone = line.checked.outcome.tone
    reason = line.checked.deciding[0].title if line.checked.deciding else ""
    return Note(number, f"{code}. {line.word}" + (f": {reason[:1].lower()}{reason[1:]}" if reason else ""), tone)


def _units(visits: Sequence[VisitForm]) -> str:
    """ "120 minutes are 8 units, 90 minutes are 6.": the time as it is billed."""
    told = dict.fromkeys((minutes, units_of(minutes)) for minutes in (each.cleaned_data["minutes"] for each in visits))
    words = [f"{minutes} minute{'s are' if minutes != 1 else ' is'} {units}" for minutes, units in told]
    if words:
        words[0] += " unit" if next(iter(told))[1] == 1 else " units"
    return f"{', '.join(words)}." if words else ""


def _plan(verdict: VerdictShown) -> str:
    """The plan of care with the supplier that governs the last visit."""
    facts = verdict.checked.facts
    day = max(line.date for line in facts.lines)
    plan = governing_plan(facts.beneficiary.plans_of_care if facts.beneficiary else None, day)
    if plan is None:
        return f"None with you is in force on {in_words(day, day.year)}"
    drugs = listed([f"{drug.hcpcs} {drug.modifier}".strip() for drug in plan.drugs])
    return f"From {in_words(plan.starts)}" + (f", {drugs}" if drugs else "")
