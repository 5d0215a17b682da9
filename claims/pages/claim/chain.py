"""The chain of a claim: every decision on it, on the claims it replaces and on those that replace it, in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Role, User
from claims.adjustments.checks import ROLES
from claims.adjustments.forms import SettleForm
from claims.adjustments.readers import FINAL, chain_ids
from claims.models import Adjustment, Claim, Decision, LineOutcome, Remittance, RemittedDecision

Kind, State = Adjustment.Kind, Adjustment.State


@dataclass(frozen=True, slots=True)
class ChainTold:
    """A remittance on which a decision was told, or reversed."""

    remittance: Remittance
    is_reversal: bool


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A decision, a void or a refusal. `before` and `after` are what stood before and after it, in dollars.

    `after` is None while nothing final is decided. The words of who asked and why are empty for a supplier.
    """

    on: dt.date
    claim: Claim
    what: str
    outcome: LineOutcome | None
    why: str
    before: Decimal | None
    after: Decimal | None
    reason: str = ""
    people: str = ""
    told: tuple[ChainTold, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """What the page shows of adjustments.

    `open` is the one that waits, `form` settles it, for who may.
    """

    steps: tuple[ChainStep, ...]
    open: Adjustment | None
    form: SettleForm | None

    def shown_to(self, user: User) -> bool:
        """Whether there is anything in it for this person."""
        return bool(self.steps or (user.role != Role.SUPPLIER and self.open))


def chain_of(claim: Claim, user: User) -> Chain:
    """The chain for a person who may see the claim: two queries, five when there is more than first decisions."""
    ids = chain_ids(claim)
    adjustments = list(
        Adjustment.objects.filter(claim__in=ids)
        .select_related("claim", "replacement", "settled_by")
        .order_by("arrival")
    )
    is_staff = user.role != Role.SUPPLIER
    has_more = len(ids) > 1 or adjustments
    open_one = next((each for each in adjustments if each.claim_id == claim.pk and each.is_open), None)
    return Chain(
        steps=tuple(steps(decisions_of(ids, user), adjustments, is_staff=is_staff)) if has_more else (),
        open=open_one,
        form=SettleForm() if open_one and may_settle(open_one, user) else None,
    )


def decisions_of(ids: Sequence[int], user: User) -> list[Decision]:
    """The decisions on the claims of the chain that the person may see, with what told them."""
    return list(
        Decision.objects.filter(claim__in=Claim.objects.visible_to(user).filter(pk__in=ids))
        .select_related("claim")
        .prefetch_related("remitted__remittance")
        .defer("facts", "trace")
        .order_by("decided_at", "pk")
    )


def may_settle(adjustment: Adjustment, user: User) -> bool:
    return adjustment.state == State.PROPOSED and user.role in ROLES[adjustment.kind]


# ---------- the steps ----------


def steps(decisions: Iterable[Decision], adjustments: Sequence[Adjustment], *, is_staff: bool) -> Iterator[ChainStep]:
    """Decisions and settled adjustments in the order of their days; what stands is handed from one to the next."""
    led_to = {each.to_decision_id: each for each in adjustments if each.to_decision_id}
    ended = [each for each in adjustments if ends_here(each, is_staff=is_staff)]
    dated: list[tuple[dt.date, int, Decision | Adjustment]] = [(each.decided_on, 0, each) for each in decisions]
    dated += [(each.settled_on, 1, each) for each in ended if each.settled_on]
    standing: Decimal | None = None
    for _, _, each in sorted(dated, key=lambda row: row[:2]):
        step = (
            decision_step(each, led_to, standing, is_staff=is_staff)
            if isinstance(each, Decision)
            else end_step(each, standing, is_staff=is_staff)
        )
        standing = standing if step.after is None else step.after
        yield step


def ends_here(adjustment: Adjustment, *, is_staff: bool) -> bool:
    """A void, or for staff a refusal: it is a step of its own, since no decision came of it."""
    is_void = adjustment.kind == Kind.VOID and adjustment.state == State.DONE
    return is_void or (is_staff and adjustment.state == State.REFUSED)


def decision_step(
    decision: Decision, led_to: Mapping[int, Adjustment], before: Decimal | None, *, is_staff: bool
) -> ChainStep:
    adjustment = led_to.get(decision.pk)
    told = sorted(decision.remitted.all(), key=lambda row: row.is_reversal)
    return ChainStep(
        on=decision.decided_on,
        claim=decision.claim,
        what=f"Decision {decision.number}",
        outcome=LineOutcome(decision.status),
        why=adjustment.kind_words if adjustment else decision.reason,
        before=before,
        after=decision.paid_amount if decision.status in FINAL else None,
        reason=adjustment.reason if adjustment and is_staff else "",
        people=people_of(adjustment) if adjustment and is_staff else "",
        told=tuple(map(told_on, told)),
    )


def told_on(row: RemittedDecision) -> ChainTold:
    return ChainTold(row.remittance, row.is_reversal)


def end_step(adjustment: Adjustment, before: Decimal | None, *, is_staff: bool) -> ChainStep:
    is_void = adjustment.state == State.DONE
    assert adjustment.settled_on is not None
    return ChainStep(
        on=adjustment.settled_on,
        claim=adjustment.claim,
        what="Voided" if is_void else "Refused",
        outcome=None,
        why=adjustment.kind_words,
        before=before,
        after=Decimal("0.00") if is_void else before,
        reason=adjustment.reason if is_staff else "",
        people=people_of(adjustment) if is_staff else "",
    )


def people_of(adjustment: Adjustment) -> str:
    """ "Asked by Erin Examiner, approved by Ada Second: the receipt shows another day"."""
    verb = "refused" if adjustment.state == State.REFUSED else "approved"
    by = f" by {adjustment.settled_by}" if adjustment.settled_by else ""
    said = f": {adjustment.settled_reason}" if adjustment.settled_reason else ""
    return f"Asked by {adjustment.asked_by_label}, {verb}{by}{said}"
