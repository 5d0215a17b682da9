"""Old and new side by side: what was changed, how each line was decided and would be, and the difference in dollars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from beneficiaries.readers import match_in_all
from claims.adjudication.canonical import decision_from_json
from claims.adjudication.decision import Decision, LineDecision
from claims.corrections.filling import bill_of, not_carried_over, typed_from
from claims.corrections.routes import Route, frequency_of, route_of_correction
from claims.edits.wording import for_supplier
from claims.models import Claim, ClaimDraft, LineOutcome
from claims.precheck.bill import units_of
from claims.precheck.checking import Checked, check_bill, checked_as
from claims.precheck.forms import DraftForms, Typed, VisitForm, forms_of
from policy.forms import DAY_FORMAT
from policy.tables import PolicyTables

ZERO = Decimal("0.00")
PAGE = "Compare a correction"


@dataclass(frozen=True, slots=True)
class FieldCompared:
    """A value as it was and as it would be."""

    what: str
    was: str
    now: str

    @property
    def as_asked(self) -> dict[str, str]:
        return {"what": self.what, "was": self.was, "asked": self.now}


@dataclass(frozen=True, slots=True)
class Side:
    """A line as it was decided, or would be: its outcome, its reason codes, why in words, dollars paid.

    `outcome` is None where nothing was decided, or where it depends on a patient who was not looked at.
    """

    billed: str
    outcome: LineOutcome | None
    codes: str
    why: str
    paid: Decimal
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class LineCompared:
    """A line of the claim beside the visit of the draft; one of them is missing when it was removed or added."""

    number: int
    visit: int
    was: Side | None
    now: Side | None
    changed: tuple[FieldCompared, ...]

    @property
    def heading(self) -> str:
        if self.was is None:
            return f"Visit {self.visit}, added"
        return f"Line {self.number}" + ("" if self.now else ", removed")

    @property
    def difference(self) -> Decimal:
        return (self.now.paid if self.now else ZERO) - (self.was.paid if self.was else ZERO)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that the page shows. Without `checked` something must be filled in first: `lacking` says what."""

    claim: Claim
    route: Route
    fields: tuple[FieldCompared, ...]
    lines: tuple[LineCompared, ...]
    not_carried: tuple[str, ...]
    lacking: tuple[str, ...]
    checked: Checked | None
    was_decided: bool

    @property
    def was_paid(self) -> Decimal:
        return sum((line.was.paid for line in self.lines if line.was), ZERO)

    @property
    def now_paid(self) -> Decimal:
        return sum((line.now.paid for line in self.lines if line.now), ZERO)

    @property
    def difference(self) -> Decimal:
        return self.now_paid - self.was_paid

    @property
    def less(self) -> Decimal:
        """How much less the correction would pay."""
        return -self.difference

    @property
    def changes(self) -> tuple[FieldCompared, ...]:
        """What is changed, the claim's own values first."""
        return (*self.fields, *(field for line in self.lines for field in line.changed))

    @property
    def is_changed(self) -> bool:
        return bool(self.changes)

    @property
    def waits(self) -> bool:
        """Whether the corrected claim would wait, so that the first stands until it is decided."""
        return self.checked is not None and not self.checked.decision.is_final


def comparison(draft: ClaimDraft, by: User, today: dt.date, tables: PolicyTables) -> Comparison:
    """The draft beside the claim that it corrects, checked for its supplier."""
    assert draft.corrects is not None

    def check(forms: DraftForms, claim: Claim, frequency: str) -> Checked:
        bill = bill_of(forms, f"D{draft.pk}", claim, frequency)
        return check_bill(bill, draft.supplier, by=by, today=today, tables=tables, page=PAGE)

    return _compare(draft.corrects, draft.values, today, tables, check)


def comparison_for_staff(claim: Claim, values: Typed, today: dt.date, tables: PolicyTables) -> Comparison:
    """What a supplier asks for beside its claim, for who works for the contractor: nobody's looks are counted."""
    supplier = claim.supplier
    assert supplier is not None

    def check(forms: DraftForms, of: Claim, frequency: str) -> Checked:
        bill = bill_of(forms, "CHECK", of, frequency)
        person = match_in_all([bill.patient]).get(bill.patient)
        why = "" if person else "The Medicare number, surname and birth date do not all match one person on file."
        return checked_as(bill, supplier, person, why, today, tables)

    return _compare(claim, values, today, tables, check)


Check = Callable[[DraftForms, Claim, str], Checked]


def _compare(claim: Claim, values: Typed, today: dt.date, tables: PolicyTables, check: Check) -> Comparison:
    old, forms = typed_from(claim), forms_of(values, tables)
    route = route_of_correction(claim, today, tables)
    lacking = (*forms.lacking, *(f"visit {visit.number}" for visit in forms.unfinished))
    checked = None
    if not lacking and forms.claim.is_valid():
        checked = check(forms, claim, frequency_of(route))
        forms.tell(checked.gateway)
    standing = _standing(claim)
    return Comparison(
        claim=claim,
        route=route,
        fields=tuple(_fields(old, forms, tables)),
        lines=tuple(_lines(old, forms, standing, checked, tables)),
        not_carried=tuple(not_carried_over(claim)),
        lacking=lacking,
        checked=checked,
        was_decided=standing is not None,
    )


def _standing(claim: Claim) -> Decision | None:
    """The decision that stands; one query."""
    decision = claim.current_decision
    return decision_from_json(decision.trace) if decision else None


# ---------- values ----------


def _fields(old: Typed, forms: DraftForms, tables: PolicyTables) -> Iterator[FieldCompared]:
    before = forms_of(old, tables).claim
    for name in before.fields:
        was, now = (str(form.data.get(name) or "").strip() for form in (before, forms.claim))
        if _plain(name, was) != _plain(name, now):
            yield FieldCompared(str(before.fields[name].label), was, now)


def _plain(name: str, value: str) -> str:
    """A value without what makes no difference: dashes and dots of numbers and codes, case, blanks."""
    words = " ".join(value.upper().replace(",", " ").split())
    return words.replace("-", "").replace(".", "") if name in ("mbi", "diagnoses", "zip_code") else words


#: What is compared of a visit, with how its value is read alike however it was typed.
OF_VISITS = ("day", "hcpcs", "modifiers", "minutes", "charge")


def _changed(number: int, before: VisitForm | None, visit: VisitForm | None) -> Iterator[FieldCompared]:
    if before is None or visit is None:
        form = before or visit
        assert form is not None
        billed = _billed(form)
        what = f"Line {number}" if before else f"Visit {form.number}"
        yield FieldCompared(what, billed if before else "", "removed" if before else billed)
        return
    for name in OF_VISITS:
        was, now = _shown(before, name), _shown(visit, name)
        if was != now:
            yield FieldCompared(f"Line {number}, {str(before.fields[name].label).lower()}", was, now)


def _shown(visit: VisitForm, name: str) -> str:
    """The value as it is read; as it was typed where it cannot be read."""
    visit.is_valid()
    value = visit.cleaned_data.get(name)
    if value is None:
        return str(visit.data.get(f"{visit.prefix}-{name}") or "")
    if isinstance(value, dt.date):
        return value.strftime(DAY_FORMAT)
    return f"{value:.2f}" if isinstance(value, Decimal) else " ".join(str(value).upper().replace(",", " ").split())


def _billed(visit: VisitForm) -> str:
    """ "01/05/2026, G0088, 6 units, 400.00"."""
    minutes = visit.cleaned_data.get("minutes") if visit.is_valid() else None
    units = f"{units_of(minutes)} units" if minutes else ""
    code = " ".join(part for part in (_shown(visit, "hcpcs"), _shown(visit, "modifiers")) if part)
    return ", ".join(part for part in (_shown(visit, "day"), code, units, _shown(visit, "charge")) if part)


# ---------- lines ----------


def _lines(
    old: Typed, forms: DraftForms, standing: Decision | None, checked: Checked | None, tables: PolicyTables
) -> Iterator[LineCompared]:
    """The lines of the claim in their order, then the visits that were added."""
    decided = {line.number: line for line in standing.lines} if standing else {}
    now = (
        {visit.number: line.decided for visit, line in zip(forms.checked, checked.lines, strict=True)}
        if checked
        else {}
    )
    hidden = bool(checked and checked.why_no_patient)
    befores = {visit.data.get(f"{visit.prefix}-line_of"): visit for visit in forms_of(old, tables).visits}
    befores.pop(None, None)
    visits = {visit.data.get(f"{visit.prefix}-line_of") or f"v{visit.number}": visit for visit in forms.visits}
    for key in (*befores, *(key for key in visits if key not in befores)):
        before, visit = befores.get(key), visits.get(key)
        if before is None and visit is not None and visit.is_empty:
            continue
        number = int(key) if before and key else 0
        yield LineCompared(
            number=number,
            visit=visit.number if visit else 0,
            was=_side(before, decided.get(number)) if before else None,
            now=_side(visit, None if hidden else now.get(visit.number)) if visit else None,
            changed=tuple(_changed(number, before, visit)),
        )


def _side(visit: VisitForm, decided: LineDecision | None) -> Side:
    if decided is None:
        return Side(_billed(visit), None, "", "", ZERO)
    carc = f"{decided.group}-{decided.carc}" if decided.carc else ""
    return Side(
        billed=_billed(visit),
        outcome=LineOutcome(decided.outcome),
        codes=" ".join((carc, *decided.rarcs)).strip(),
        why=_why(decided),
        paid=decided.paid,
        is_estimated=bool(decided.price and decided.price.estimated),
    )


def _why(decided: LineDecision) -> str:
    """The evidence of the edit that gave the reason, as a supplier may read it."""
    reason = next((finding for finding in decided.findings if finding.edit == decided.reason_edit), None)
    return for_supplier(reason).sentence if reason else ""


def asked_of(changes: Sequence[FieldCompared]) -> list[Mapping[str, str]]:
    return [field.as_asked for field in changes]
