"""Writing the decisions of a batch: whole, in bulk, in a number of statements that does not depend on its size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from claims.adjudication.canonical import dump_decision, dump_facts
from claims.adjudication.decision import Decision, LineDecision
from claims.adjudication.facts import ClaimFacts
from claims.adjudication.reading import ClaimInBatch
from claims.adjudication.reading.sql import array
from claims.models.status import STATUS_OF_DECISION
from claims.payment.actions import Accrual, accrue
from claims.payment.floor import payment_day
from claims.sequences import Sequence as Numbers
from claims.sequences import take_several
from policy.tables import PolicyTables

ZERO = Decimal("0.00")


@dataclass(slots=True)
class Decided:
    """A claim of the batch, the facts it was decided on (outcomes of earlier claims among them), and its decision.

    `allowed` and `paid` are dollars; nothing is paid while the claim waits (fine point e).
    """

    claim: ClaimInBatch
    facts: ClaimFacts
    decision: Decision
    id: int = 0
    allowed: Decimal = ZERO
    paid: Decimal = ZERO

    def __post_init__(self) -> None:
        prices = [price for line in self.decision.lines if (price := self.decision.price_of(line))]
        self.allowed = sum((price.allowed for price in prices), ZERO)
        self.paid = sum((price.paid for price in prices), ZERO)

    @property
    def follows_another(self) -> bool:
        """Whether another decision, on this claim or on the one it replaces, stood before."""
        return self.claim.previous_decision_id is not None


class Written(NamedTuple):
    """A batch as the statements take it: rows of decisions and of their lines in COPY text, columns of the claims."""

    decisions: bytes
    lines: bytes
    claims: list[str]


def write_out(batch: Sequence[Decided], tables: PolicyTables, now: dt.datetime) -> Written:
    """Number the decisions and put all that is stored of them into text; one query."""
    for decided, number in zip(batch, take_several(Numbers.DECISION_ID, len(batch)), strict=True):
        decided.id = number
    moment = f"{now.date()}\t{now.isoformat()}"
    return Written(
        decisions=b"".join([decision_row(decided, moment) for decided in batch]),
        lines="".join([line_row(decided, line) for decided in batch for line in decided.decision.lines]).encode(),
        claims=[array(column) for column in zip(*(claim_row(decided, tables) for decided in batch), strict=True)],
    )


def record(batch: Sequence[Decided], written: Written, now: dt.datetime) -> None:
    """Store the decisions, move the claims to their new status, and accrue what became payable."""
    with connection.cursor() as cursor:
        with cursor.copy(COPY_DECISIONS) as copy:
            copy.write(written.decisions)
        with cursor.copy(COPY_LINES) as copy:
            copy.write(written.lines)
        cursor.execute(UPDATE_CLAIMS, [now.date(), *written.claims])
    settle_adjustments([decided for decided in batch if decided.decision.is_final and decided.follows_another])
    accrue([accrual(decided) for decided in batch if decided.claim.supplier_id and not decided.facts.is_test], now)


COPY_DECISIONS = """
COPY claims_decision (id, claim_id, number, previous_id, asked_by, reason, decided_on, decided_at, status,
                      allowed_amount, paid_amount, next_look, publication, engine_version, facts, trace) FROM STDIN
"""


def decision_row(decided: Decided, moment: str) -> bytes:
    """A decision as a line of COPY text: written by hand, for the texts are long and there are many."""
    claim, decision = decided.claim, decided.decision
    start = (
        f"{decided.id}\t{claim.id}\t{claim.next_number}\t{or_null(claim.previous_decision_id)}\t{claim.queue_number}\t"
        f"{escaped(claim.queue_reason)}\t{moment}\t{decision.status}\t{decided.allowed}\t{decided.paid}\t"
        f"{or_null(decision.next_look)}\t{decision.publication}\t{decision.engine_version}\t"
    )
    facts, trace = dump_facts(decided.facts), dump_decision(decision)
    return b"%b%b\t%b\n" % (start.encode(), facts.replace(b"\\", b"\\\\"), trace.replace(b"\\", b"\\\\"))


def or_null(value: object) -> str:
    return r"\N" if value is None else str(value)


def escaped(text: str) -> str:
    """Text as COPY reads it back; JSON holds no tabs or line ends, so that there only the backslash is doubled."""
    return text.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")


COPY_LINES = """
COPY claims_linedecision (decision_id, line_id, number, outcome, edits, informs, "group", carc, rarcs, allowed,
                          deductible, coinsurance, sequestration, paid) FROM STDIN
"""


def line_row(decided: Decided, line: LineDecision) -> str:
    """A line decision as COPY text; its money stands only when the whole claim is decided and the line pays."""
    price = decided.decision.price_of(line)
    money = (
        f"{price.allowed}\t{price.deductible}\t{price.coinsurance}\t{price.sequestration}\t{price.paid}"
        if price
        else NO_MONEY
    )
    return (
        f"{decided.id}\t{decided.claim.line_ids[line.number]}\t{line.number}\t{line.outcome}\t{array(line.edits)}\t"
        f"{array(line.informs)}\t{line.group}\t{line.carc}\t{array(line.rarcs)}\t{money}\n"
    )


NO_MONEY = "0.00\t0.00\t0.00\t0.00\t0.00"


UPDATE_CLAIMS = """
UPDATE claims_claim c
   SET status = n.status, current_decision_id = n.decision, edits = n.edits::varchar[], informs = n.informs::varchar[],
       allowed_amount = n.allowed, paid_amount = n.paid, decided_on = %s, next_look = n.look,
       payment_day = n.payment_day, queue_number = NULL, queue_reason = ''
  FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::numeric[], %s::numeric[], %s::date[],
              %s::date[]) AS n(id, status, decision, edits, informs, allowed, paid, look, payment_day)
 WHERE c.id = n.id
"""


def claim_row(decided: Decided, tables: PolicyTables) -> tuple[str, ...]:
    """Where a claim stands after its decision, each value as an element of an array in text form."""
    decision = decided.decision
    return (
        str(decided.claim.id),
        str(STATUS_OF_DECISION[decision.status].value),
        str(decided.id),
        f'"{array(codes(line.edits for line in decision.lines))}"',
        f'"{array(codes(line.informs for line in decision.lines))}"',
        str(decided.allowed),
        str(decided.paid),
        str(decision.next_look or "NULL"),
        str(payment_day_of(decided, tables) or "NULL"),
    )


def codes(of_lines: Iterable[tuple[str, ...]]) -> list[str]:
    """The codes of a claim's lines, each once."""
    return sorted({code for found in of_lines for code in found})


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
