"""Writing the decisions of a batch: whole, in bulk, in a number of statements that does not depend on its size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from claims.adjudication.canonical import dump_decision, dump_facts
from claims.adjudication.decision import Decision, LineDecision
from claims.adjudication.facts import ClaimFacts
from claims.adjudication.reading import ClaimInBatch
from claims.models.status import STATUS_OF_DECISION
from claims.payment.actions import Accrual, accrue
from claims.payment.floor import payment_day
from policy.tables import PolicyTables

ZERO = Decimal("0.00")


@dataclass(slots=True)
class Decided:
    """A claim of the batch, the facts it was decided on (outcomes of earlier claims among them), and its decision."""

    claim: ClaimInBatch
    facts: ClaimFacts
    decision: Decision
    id: int = 0

    @property
    def follows_another(self) -> bool:
        """Whether another decision, on this claim or on the one it replaces, stood before."""
        return self.claim.previous_decision_id is not None

    @property
    def allowed(self) -> Decimal:
        return sum((line.price.allowed for line in self.paying_lines() if line.price), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((line.paid for line in self.paying_lines()), ZERO)

    def paying_lines(self) -> Iterable[LineDecision]:
        """The lines that pay; none while the claim waits (fine point e)."""
        return (line for line in self.decision.lines if line.outcome == "pay" and self.decision.status == "pay")


def record(batch: Sequence[Decided], tables: PolicyTables, now: dt.datetime) -> None:
    """Store the decisions, move the claims to their new status, and accrue what became payable."""
    if not batch:
        return
    take_numbers(batch)
    copy_decisions(batch, now)
    copy_line_decisions(batch)
    days = {decided.id: payment_day_of(decided, tables) for decided in batch}
    update_claims(batch, days, now.date())
    settle_adjustments([decided for decided in batch if decided.decision.is_final and decided.follows_another])
    accrue([accrual(decided) for decided in batch if decided.claim.supplier_id and not decided.facts.is_test], now)


def take_numbers(batch: Sequence[Decided]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('claims_decision_id_seq') FROM generate_series(1, %s)", [len(batch)])
        for decided, (number,) in zip(batch, cursor.fetchall(), strict=True):
            decided.id = number


DECISION_COLUMNS = """
COPY claims_decision (id, claim_id, number, previous_id, asked_by, reason, decided_on, decided_at, status,
                      allowed_amount, paid_amount, next_look, publication, engine_version, facts, trace) FROM STDIN
"""


def copy_decisions(batch: Sequence[Decided], now: dt.datetime) -> None:
    with connection.cursor() as cursor, cursor.copy(DECISION_COLUMNS) as copy:
        for decided in batch:
            claim, decision = decided.claim, decided.decision
            copy.write_row(
                (
                    decided.id,
                    claim.id,
                    claim.next_number,
                    claim.previous_decision_id,
                    claim.queue_number,
                    claim.queue_reason,
                    now.date(),
                    now,
                    decision.status,
                    decided.allowed,
                    decided.paid,
                    decision.next_look,
                    decision.publication,
                    decision.engine_version,
                    dump_facts(decided.facts).decode(),
                    dump_decision(decision).decode(),
                )
            )


LINE_COLUMNS = """
COPY claims_linedecision (decision_id, line_id, number, outcome, edits, informs, "group", carc, rarcs, allowed,
                          deductible, coinsurance, sequestration, paid) FROM STDIN
"""


def copy_line_decisions(batch: Sequence[Decided]) -> None:
    with connection.cursor() as cursor, cursor.copy(LINE_COLUMNS) as copy:
        for decided in batch:
            is_paid = decided.decision.status == "pay"
            for line in decided.decision.lines:
                copy.write_row(line_row(decided, line, is_paid))


def line_row(decided: Decided, line: LineDecision, is_paid: bool) -> tuple[object, ...]:
    """The columns of a line decision; its money stands only when the whole claim is decided and the line pays."""
    price = line.price if is_paid and line.outcome == "pay" else None
    money = (
        (price.allowed, price.deductible, price.coinsurance, price.sequestration, price.paid) if price else (ZERO,) * 5
    )
    return (
        decided.id,
        decided.claim.line_ids[line.number],
        line.number,
        line.outcome,
        array(line.edits),
        array(line.informs),
        line.group,
        line.carc,
        array(line.rarcs),
        *money,
    )


def array(codes: Iterable[str]) -> str:
    """A PostgreSQL array of codes; codes are letters, digits and hyphens only."""
    return "{" + ",".join(codes) + "}"


UPDATE_CLAIMS = """
UPDATE claims_claim c
   SET status = n.status, current_decision_id = n.decision, edits = n.edits::varchar[], informs = n.informs::varchar[],
       allowed_amount = n.allowed, paid_amount = n.paid, decided_on = %(today)s, next_look = n.look,
       payment_day = n.payment_day, queue_number = NULL, queue_reason = ''
  FROM unnest(%(ids)s::bigint[], %(statuses)s::text[], %(decisions)s::bigint[], %(edits)s::text[], %(informs)s::text[],
              %(allowed)s::numeric[], %(paid)s::numeric[], %(looks)s::date[], %(days)s::date[])
       AS n(id, status, decision, edits, informs, allowed, paid, look, payment_day)
 WHERE c.id = n.id
"""


def update_claims(batch: Sequence[Decided], days: dict[int, dt.date | None], today: dt.date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            UPDATE_CLAIMS,
            {
                "today": today,
                "ids": [decided.claim.id for decided in batch],
                "statuses": [str(STATUS_OF_DECISION[decided.decision.status]) for decided in batch],
                "decisions": [decided.id for decided in batch],
                "edits": [array(codes_of(decided, "edits")) for decided in batch],
                "informs": [array(codes_of(decided, "informs")) for decided in batch],
                "allowed": [decided.allowed for decided in batch],
                "paid": [decided.paid for decided in batch],
                "looks": [decided.decision.next_look for decided in batch],
                "days": [days[decided.id] for decided in batch],
            },
        )


#: What was replaced is out of the queue, the looks and the payments.
REPLACE_CLAIMS = """
UPDATE claims_claim
   SET status = 'adjusted', queue_number = NULL, queue_reason = '', next_look = NULL, payment_day = NULL
 WHERE id = ANY(%s) AND status <> 'adjusted'
"""

#: The approved adjustments that asked for these decisions: of the claim itself, or of the one it replaces.
SETTLE_ADJUSTMENTS = """
UPDATE claims_adjustment a SET state = 'done', to_decision_id = n.decision
  FROM unnest(%s::bigint[], %s::bigint[]) AS n(claim, decision)
 WHERE a.state = 'approved' AND coalesce(a.replacement_id, a.claim_id) = n.claim
"""


def settle_adjustments(batch: Sequence[Decided]) -> None:
    """Decisions that take the place of others: the claims they replace are adjusted, their adjustments are done."""
    if not batch:
        return
    with connection.cursor() as cursor:
        if replaced := [decided.claim.replaced_claim_id for decided in batch if decided.claim.replaced_claim_id]:
            cursor.execute(REPLACE_CLAIMS, [replaced])
        cursor.execute(SETTLE_ADJUSTMENTS, [[decided.claim.id for decided in batch], [decided.id for decided in batch]])


def codes_of(decided: Decided, what: str) -> list[str]:
    return sorted({code for line in decided.decision.lines for code in getattr(line, what)})


def payment_day_of(decided: Decided, tables: PolicyTables) -> dt.date | None:
    """The day the claim is paid, or told its denial (reading 22); none while it waits, and none for a test claim."""
    if not decided.decision.is_final or decided.facts.is_test or not decided.claim.supplier_id:
        return None
    return payment_day(
        received=decided.facts.received,
        decided=decided.facts.today,
        channel=decided.claim.channel,
        is_denied=decided.decision.status == "deny",
        tables=tables,
    )


def accrual(decided: Decided) -> Accrual:
    assert decided.claim.supplier_id is not None
    return Accrual(
        supplier_id=decided.claim.supplier_id,
        claim_id=decided.claim.id,
        decision_id=decided.id,
        amount=decided.paid,
        replaces=decided.claim.previous_decision_id,
        is_final=decided.decision.is_final,
        replaced_claim_id=decided.claim.replaced_claim_id,
    )
