"""Whether a decided claim would be decided otherwise today: its facts as known now, through the engine, compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.adjudication.canonical import decision_from_json, facts_from_json
from claims.adjudication.decision import Decision, LineDecision
from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts
from claims.adjudication.reading import read_batch
from claims.adjudication.reading.sql import array, rows
from claims.edits.wording import dollars, in_words
from claims.pricing import ZERO
from claims.staleness.counting import facts_that_count, without_denied_visits
from claims.staleness.moved import Moved, cause_of, what_moved
from policy import clock
from policy.readers import tables_as_known
from policy.tables import PolicyTables

#: A decided claim, its patient, whether a remittance told its decision, and the decision that stands. One that another
#: claim is about to replace is left alone.
STANDING = """
SELECT c.id, c.beneficiary_id,
       c.status = 'paid' OR EXISTS (SELECT FROM claims_remitteddecision r WHERE r.decision_id = d.id), d.facts, d.trace
  FROM claims_claim c JOIN claims_decision d ON d.id = c.current_decision_id
 WHERE c.id = ANY(%s::bigint[]) AND c.status IN ('payable', 'paid', 'denied', 'on_hold', 'suspended')
   AND NOT EXISTS (SELECT FROM claims_claim r WHERE r.replaces_id = c.id AND r.status <> 'voided')
 ORDER BY c.arrival
"""

REPLACED = """
SELECT c.icn, r.icn FROM claims_claim c JOIN claims_claim r ON r.id = c.replaces_id
 WHERE c.beneficiary_id = ANY(%s::bigint[]) AND c.replaces_id IS NOT NULL
"""

#: The deductible that claims in the queue used by the decision that stood before: patient, year, dollars.
IN_QUEUE = """
SELECT c.beneficiary_id, extract(year FROM l.date_of_service)::int, sum(d.deductible)
  FROM claims_claim c
  JOIN claims_linedecision d ON d.decision_id = c.current_decision_id
  JOIN claims_claimline l ON l.id = d.line_id
 WHERE c.beneficiary_id = ANY(%s::bigint[]) AND c.status = 'queued' AND NOT c.is_test
 GROUP BY 1, 2
"""

#: Characters; what does not fit is cut before the money.
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Stale:
    """A claim that would be decided otherwise today: what moved, the decision that stands and the one it would be."""

    claim_id: int
    is_told: bool
    facts: ClaimFacts
    moved: tuple[Moved, ...]
    standing: Decision
    fresh: Decision

    @property
    def cause(self) -> str:
        return cause_of(self.moved)

    @property
    def money_at_stake(self) -> Decimal:
        """Dollars by which the payment would change; all of it where the claim would wait for something."""
        return abs(paid(self.fresh) - paid(self.standing))

    @property
    def sentence(self) -> str:
        """What moved and what follows: lines that change, then the claim's payment before and after."""
        what = " ".join(moved.told_to(self.facts.supplier_key) for moved in self.moved)
        changes = " ".join(self._changes())
        money = f"The claim pays {dollars(paid(self.standing))} and would pay {dollars(paid(self.fresh))}."
        text = f"{what} {changes} {money}"
        return text if len(text) <= LONGEST_REASON else f"{what[: LONGEST_REASON - len(money) - 2]}… {money}"

    def _changes(self) -> Iterator[str]:
        """A sentence for each line that would come out otherwise."""
        lines = {line.number: line for line in self.facts.lines}
        for was, now in zip(self.standing.lines, self.fresh.lines, strict=True):
            if line_outcome(was, self.standing, self.is_told) != line_outcome(now, self.fresh, self.is_told):
                line = lines[was.number]
                yield (
                    f"Line {line.number} ({line.hcpcs}, {in_words(line.date)}) {what_it_does(was)} "
                    f"and would {what_it_would_do(now)}."
                )


def what_it_does(line: LineDecision) -> str:
    """ "pays $152.88", "is denied by HIT-601", "waits by HIT-501"."""
    return {"pay": f"pays {dollars(line.paid)}", "deny": f"is denied by {line.reason_edit}"}.get(
        line.outcome, f"waits by {line.reason_edit}"
    )


def what_it_would_do(line: LineDecision) -> str:
    return {"pay": f"pay {dollars(line.paid)}", "deny": f"be denied by {line.reason_edit}"}.get(
        line.outcome, f"wait by {line.reason_edit}"
    )


def paid(decision: Decision) -> Decimal:
    """Dollars; nothing while the claim waits (fine point e)."""
    return sum((price.paid for line in decision.lines if (price := decision.price_of(line))), ZERO)


def outcome(decision: Decision, is_told: bool) -> tuple[object, ...]:
    """What would have to differ for another decision to be worth making: status, lines, money."""
    return decision.status, tuple(line_outcome(line, decision, is_told) for line in decision.lines)


def line_outcome(line: LineDecision, decision: Decision, is_told: bool) -> tuple[object, ...]:
    """The line's outcome and money; and its reasons, while nobody was told another one."""
    price = decision.price_of(line)
    money = (price.allowed, price.deductible, price.coinsurance, price.paid) if price else ()
    return line.outcome, money, () if is_told else (line.reason_edit, line.edits)


def stale_among(claim_ids: Sequence[int]) -> tuple[list[Stale], list[int]]:
    """Of these claims those that are stale, and the ids of those that were judged and are not; in order of arrival.

    Claims that are in the queue, replaced, voided or not decided are passed over. About twelve queries, however many
    claims.
    """
    standing = rows(STANDING, [array(claim_ids)])
    if not standing:
        return [], []
    tables = tables_as_known()
    patients = array({row[1] for row in standing if row[1]})
    replaced: dict[str, str] = dict(rows(REPLACED, [patients]))
    in_queue = deductible_in_queue(patients)
    now = {claim.id: claim for claim in read_batch([row[0] for row in standing], tables, clock.today())}
    stale, sound = [], []
    for claim_id, patient, is_told, facts, trace in standing:
        then, decision = facts_from_json(facts), decision_from_json(trace)
        counting = facts_that_count(then, now[claim_id].facts, decision, tables, replaced, in_queue[patient])
        found = judge(then, counting, decision, is_told, tables)
        if found is None:
            sound.append(claim_id)
        else:
            moved, fresh = found
            stale.append(Stale(claim_id, is_told, counting, moved, decision, fresh))
    return stale, sound


def deductible_in_queue(patients: str) -> Mapping[int | None, dict[int, Decimal]]:
    found: dict[int | None, dict[int, Decimal]] = defaultdict(dict)
    for patient, year, amount in rows(IN_QUEUE, [patients]):
        found[patient][year] = amount
    return found


def judge(
    then: ClaimFacts, now: ClaimFacts, standing: Decision, is_told: bool, tables: PolicyTables
) -> tuple[tuple[Moved, ...], Decision] | None:
    """What moved and the decision it would lead to, when that is another; None while the decision is sound.

    Both states of the facts are decided on today's tables by today's engine, so that neither counts as having moved:
    a rate that was published since is a mass adjustment's affair.
    """
    then, now = without_denied_visits(then), without_denied_visits(now)
    if then == now:
        return None
    before, fresh = outcome(decide(then, tables), is_told), decide(now, tables)
    if outcome(fresh, is_told) in (before, outcome(standing, is_told)):
        return None
    moved = what_moved(then, now, tables, lambda decision: outcome(decision, is_told) != before)
    return moved, fresh
