"""The page of a claim, put together from its rows and from the decision that stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from accounts.models import Role, User
from claims import models
from claims.adjudication.canonical import decision_from_json, facts_from_json
from claims.adjudication.decision import Decision
from claims.adjudication.facts import ClaimFacts
from claims.attachments.readers import Papers, papers_of
from claims.edits.registry import EDIT_IDS
from claims.models import Acknowledgement, Claim, ClaimLine, Overpayment, RemittedDecision
from claims.models.determination import held_by_hand
from claims.pages.calendars import CalendarShown
from claims.pages.claim.calendar import ClaimTold, calendar_of_claim
from claims.pages.claim.chain import Chain, chain_of
from claims.pages.claim.decisions import DecisionsTable, decisions_table
from claims.pages.claim.lines import LineShower, LineShown
from claims.pages.claim.original import PartShown, original_segments
from claims.pages.claim.plan import PlanShown, plan_shown
from claims.pages.claim.price import PriceTable, price_table
from claims.pages.claim.record import Entry, record_of
from claims.pages.claim.verdict import Standing, Verdict, verdict
from claims.pages.clock import PaymentClock, payment_clock
from claims.recycling import LookRule, line_waits_for_drug, look_rule
from policy import clock
from policy.readers import reason_meanings, tables_as_known


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a claim that waits for a drug: its day, and whether it is done, next or last."""

    day: dt.date
    is_done: bool
    is_next: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """All that the page shows; `told` is what remittances said of the claim, the latest last."""

    claim: Claim
    verdict: Verdict
    clock: PaymentClock
    lines: tuple[LineShown, ...]
    price: PriceTable | None
    plan: PlanShown | None
    calendar: CalendarShown | None
    looks: tuple[Look, ...]
    decisions: DecisionsTable | None
    chain: Chain | None
    remarks: tuple[str, ...]
    answers: tuple[Acknowledgement, ...]
    told: tuple[RemittedDecision, ...]
    overpayments: tuple[Overpayment, ...]
    papers: tuple[Papers, ...]
    original: tuple[PartShown, ...]
    record: tuple[Entry, ...]
    today: dt.date
    edits_run: int = field(default=len(EDIT_IDS))

    @property
    def diagnoses(self) -> list[str]:
        """Diagnosis codes with their point, which an 837P leaves out."""
        plain = (code.replace(".", "") for code in self.claim.diagnoses)
        return [f"{code[:3]}.{code[3:]}".rstrip(".") for code in plain]

    @property
    def edits_fired(self) -> int:
        return len({*self.claim.edits, *self.claim.informs})


#: What the page of a claim needs of other rows.
CLAIMS_WITH_FILES = Claim.objects.select_related("file", "assigned_to").annotate(is_held_back=held_by_hand())


def claim_page(claim: Claim, user: User) -> ClaimPage:
    """The page of one of CLAIMS_WITH_FILES for a person who may see it; as many queries for every claim."""
    is_for_supplier = user.role == Role.SUPPLIER
    lines = list(claim.lines.all())
    stored = list(claim.decisions.order_by("number").defer("facts"))
    read = [decision_from_json(row.trace) for row in stored]
    stands = next((decision for row, decision in zip(stored, read, strict=True) if _stands(row, claim)), None)
    facts = _facts(claim)
    told = list(claim.remitted.select_related("remittance").order_by("remittance__payment_day", "pk"))
    today, tables = clock.today(), tables_as_known()
    rule = look_rule(tables, claim.received_on)
    is_held_back: bool = claim.is_held_back  # type: ignore[attr-defined] # of CLAIMS_WITH_FILES
    standing = Standing(claim, stands, _latest(told, claim), rule, today, is_for_supplier, is_held_back)
    shower = LineShower(stands, facts, tables, reason_meanings(), is_for_supplier)
    shown, said = shower.show(lines), verdict(standing)
    to_draw = ClaimTold(claim, stands, facts, shown, said.headline, is_for_supplier)
    return ClaimPage(
        claim=claim,
        verdict=said,
        clock=payment_clock(claim, claim.clock_stops.all(), today, tables),
        lines=shown,
        price=price_table(stands, lines) if stands else None,
        plan=plan_shown(facts) if facts else None,
        calendar=calendar_of_claim(to_draw, tables, today),
        looks=_looks(claim, stands, rule),
        decisions=_decisions(claim, stored, read, lines, is_for_supplier),
        chain=_chain(claim, user),
        remarks=stands.remarks if stands else (),
        answers=tuple(claim.file.acknowledgements.defer("content")) if claim.file else (),
        told=tuple(told),
        overpayments=tuple(_overpayments(claim, user)),
        papers=papers_of(claim, tables, today),
        original=original_segments(claim),
        record=tuple(record_of(claim, stored, told, is_for_supplier=is_for_supplier)),
        today=today,
    )


def _stands(decision: models.Decision, claim: Claim) -> bool:
    return decision.pk == claim.current_decision_id


def _facts(claim: Claim) -> ClaimFacts | None:
    """The facts of the decision that stands."""
    if claim.current_decision_id is None:
        return None
    facts = models.Decision.objects.filter(pk=claim.current_decision_id).values_list("facts", flat=True).first()
    return facts_from_json(facts) if facts else None


def _latest(told: Sequence[RemittedDecision], claim: Claim) -> models.Remittance | None:
    """The remittance that told the decision that stands."""
    return next((row.remittance for row in told if row.decision_id == claim.current_decision_id), None)


def _decisions(
    claim: Claim,
    stored: Sequence[models.Decision],
    read: Sequence[Decision],
    lines: Sequence[ClaimLine],
    is_for_supplier: bool,
) -> DecisionsTable | None:
    if not stored:
        return None
    return decisions_table(stored, read, lines, claim.current_decision_id, is_for_supplier=is_for_supplier)


def _chain(claim: Claim, user: User) -> Chain | None:
    chain = chain_of(claim, user)
    return chain if chain.shown_to(user) else None


def _overpayments(claim: Claim, user: User) -> QuerySet[Overpayment]:
    """What the claim was paid too much, and what the claim that it corrects was; one query."""
    about = Q(claim=claim) | Q(correction__claim=claim)
    return Overpayment.objects.visible_to(user).filter(about).order_by("found_on", "pk")


def _looks(claim: Claim, decision: Decision | None, rule: LookRule) -> tuple[Look, ...]:
    """The looks at a claim that waits for a drug (reading 6)."""
    if decision is None or not any(line_waits_for_drug(line) for line in decision.lines):
        return ()
    days = rule.look_days(claim.received_on)
    return tuple(
        Look(day, at < claim.looks_done, at == claim.looks_done, at == len(days) - 1) for at, day in enumerate(days)
    )
