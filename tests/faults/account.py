"""What a run left behind: its decisions as a hash, and whether anything was lost or done twice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import orjson
from django.db.models import Count, F, Q, Sum

from claims.models import Claim, ClaimStatus, Decision, LedgerTransfer
from claims.payment.ledger import balances, discrepancies

ZERO = Decimal("0.00")
#: What a decision says, and what became of its claim. No ids and no times, which may differ between two runs.
OF_DECISIONS = ("claim__icn", "number", "reason", "status", "allowed_amount", "paid_amount", "next_look", "trace")
OF_CLAIMS = ("icn", "status", "edits", "informs", "allowed_amount", "paid_amount", "looks_done", "payment_day")


@dataclass(frozen=True)
class Account:
    """The decisions of all claims in the order of their arrival, and where the claims stand."""

    decisions: tuple[tuple[Any, ...], ...]
    claims: tuple[tuple[Any, ...], ...]

    @property
    def hash(self) -> str:
        return hashlib.sha256(orjson.dumps([self.decisions, self.claims], default=str)).hexdigest()

    def first_difference(self, other: Account) -> str:
        """What is not the same of the first decision or claim that differs, for the message of a failed test."""
        mine, theirs = (*self.decisions, *self.claims), (*other.decisions, *other.claims)
        differing = next(((a, b) for a, b in zip(mine, theirs, strict=False) if a != b), None)
        if differing is None:
            return f"{len(mine)} and {len(theirs)} rows"
        name = f"{differing[0][0]} ({differing[0][1]}): "
        return name + "; ".join(difference(a, b) for a, b in zip(*differing, strict=False) if a != b)


def difference(one: object, other: object) -> str:
    """Two values from a little before the place where they part."""
    texts = str(one), str(other)
    parting = next((place for place, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), 0)
    start = max(parting - 80, 0)
    return " / ".join(text[start : start + 240] for text in texts)


def account(*, with_facts: bool = True) -> Account:
    """The account of the present database; runs on different days leave out the facts, which name the business date."""
    of_decisions = (*OF_DECISIONS, "facts") if with_facts else OF_DECISIONS
    decisions = Decision.objects.order_by("claim__arrival", "number").values_list(*of_decisions)
    return Account(tuple(decisions), tuple(Claim.objects.order_by("arrival").values_list(*OF_CLAIMS)))


def assert_same(found: Account, expected: Account) -> None:
    assert found.hash == expected.hash, found.first_difference(expected)


def assert_nothing_lost_and_nothing_twice() -> None:
    """Every claim has its decisions once and in a row, the last one stands, and money went out once for each."""
    waiting = Claim.objects.filter(status__in=(ClaimStatus.RECEIVED, ClaimStatus.QUEUED))
    assert not waiting.exists(), f"{waiting.count()} claims are left undecided"
    counted = Claim.objects.exclude(status=ClaimStatus.REJECTED).annotate(
        made=Count("decisions", distinct=True), requests=Count("decisions__asked_by", distinct=True)
    )
    assert list(counted.exclude(made=F("requests"))) == [], "decided twice for one request"
    assert list(counted.exclude(current_decision__number=F("made"))) == [], "another decision stands than the last"
    assert_paid_once()
    assert sum(balances().values()) == ZERO
    assert discrepancies() == ()


def assert_paid_once() -> None:
    """Paid claims were paid what their decision says, on one remittance; all others nothing."""
    out = Sum("amount", filter=Q(target=LedgerTransfer.Account.BANK, source=LedgerTransfer.Account.PAYABLE))
    paid_out = dict(LedgerTransfer.objects.order_by().values_list("claim").annotate(out=out))
    for claim in Claim.objects.annotate(told=Count("remitted")):
        expected = claim.paid_amount if claim.status == ClaimStatus.PAID else ZERO
        assert (paid_out.get(claim.pk) or ZERO) == expected, f"{claim} was paid {paid_out.get(claim.pk)}"
        assert claim.told <= 1, f"{claim} was told on {claim.told} remittances"
