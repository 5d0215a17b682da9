"""The verification of everything that must not have changed, in the order in which it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from claims.models import Decision, LedgerTransfer, LineDecision, Seal
from claims.replay.chunks import as_ids, in_chunks
from claims.verification.decisions import Checked, check_chunk
from claims.verification.findings import Finding, Scope, Verified
from claims.verification.seals import Chain, head_differs, rows_of, seals_over, unsealed
from claims.verification.standing import ledger, standings

EVERYTHING = Scope()

Tell = Callable[[str, int, int], object]


def verify(
    scope: Scope = EVERYTHING,
    *,
    processes: int = 1,
    head: str = "",
    tell: Tell = lambda what, done, total: None,
) -> Verified:
    """Check seals, decisions, claims and ledger; nothing is written.

    The chain of seals is always checked whole, sealed rows and decisions as far as the scope goes, the ledger only when
    everything is verified. `head` is a seal that was noted elsewhere ("12:9f3a…"). `tell` hears what is being done, how
    much of it and of how much. Raises ValueError for a head that is none, and for several processes in a transaction.
    """
    findings = [*head_differs(head)] if head else []
    chain, sealed = Chain(), _Sealed()
    findings += sealed.compare(chain, scope, tell)
    checked = _decisions(scope, processes, tell)
    findings += checked.findings
    tell("claims and ledger", 0, 1)
    findings += standings(scope)
    findings += ledger() if scope.is_everything else ()
    return Verified(
        decisions=checked.decisions,
        other_engines=tuple(sorted(checked.other_engines.items())),
        unreadable=tuple(checked.unreadable),
        seals=sealed.seals,
        rows=sealed.rows,
        unsealed=unsealed(),
        head=chain.head,
        findings=tuple(findings),
    )


@dataclass(slots=True)
class _Sealed:
    """How many seals were checked, and how many sealed rows were compared."""

    seals: int = 0
    rows: int = 0

    def compare(self, chain: Chain, scope: Scope, tell: Tell) -> Iterator[Finding]:
        total, in_scope = Seal.objects.count(), set(_seals(scope).values_list("number", flat=True))
        for seal in Seal.objects.order_by("number").iterator(chunk_size=50):
            yield from chain.follow(seal)
            if seal.number in in_scope:
                yield from rows_of(seal)
                self.rows += seal.row_count
            self.seals += 1
            tell("seals", self.seals, total)
        yield from chain.end()


def _seals(scope: Scope) -> QuerySet[Seal]:
    """The seals whose rows are compared."""
    seals = Seal.objects.order_by()
    if scope.since:
        seals = seals.filter(sealed_at__date__gte=scope.since)
    if scope.claim:
        seals = seals.filter(_over_rows_of(scope.claim))
    return seals


def _over_rows_of(icn: str) -> Q:
    """Seals that hold a decision of the claim, a line of one, or money moved for it."""
    condition = Q()
    for model, path in (
        (Decision, "claim__icn"),
        (LineDecision, "decision__claim__icn"),
        (LedgerTransfer, "claim__icn"),
    ):
        condition |= seals_over(
            model._meta.db_table, list(model.objects.filter(**{path: icn}).values_list("pk", flat=True))
        )
    return condition


def _decisions(scope: Scope, processes: int, tell: Tell) -> Checked:
    """Every decision of the scope, checked in chunks."""
    decisions = Decision.objects.order_by("pk")
    if scope.since:
        decisions = decisions.filter(decided_on__gte=scope.since)
    if scope.claim:
        decisions = decisions.filter(claim__icn=scope.claim)
    ids = as_ids(decisions.values_list("pk", flat=True).iterator(chunk_size=10_000))
    whole, done = Checked(), 0
    for part in in_chunks(check_chunk, ids, processes):
        whole.decisions += part.decisions
        whole.other_engines.update(part.other_engines)
        whole.unreadable += part.unreadable
        whole.findings += part.findings
        done += part.decisions + part.other_engines.total()
        tell("decisions", done, len(ids))
    return whole
