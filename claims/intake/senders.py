"""Whose claims a sender may send: those of suppliers for which the person or the key holds the right to send claims.

Staff of the contractor, and the server's own command with a file that nobody signed in sent, send for anyone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from accounts.models import Role, User
from claims.intake.store import supplier_as_billed
from claims.intake.x12.reading import ClaimReading
from claims.intake.x12.rules import Rule
from suppliers.models import Supplier
from suppliers.readers import BillingKey, match_suppliers
from suppliers.rights import Right

BILLING_PROVIDER = "2010AA"

NOT_APPROVED = Rule(
    f"X222.087.{BILLING_PROVIDER}.NM109.050",
    "A8:496:85",
    "Whoever sent this file does not send claims for its billing provider (loop 2010AA, NM109 and REF*EI). Check the "
    "NPI and the tax number; else have an administrator of that supplier make the sender its biller or billing agent, "
    "and send the claim again in a new interchange.",
)


def refuse_for_others(claims: Sequence[ClaimReading], sender: User | None) -> Sequence[ClaimReading]:
    """The claims, those refused whose billing provider the sender may not bill for; at most three queries.

    A claim whose billing provider cannot be read is refused for that already and left as it is.
    """
    if sender is None or sender.role != Role.SUPPLIER:
        return claims
    billed = {supplier_as_billed(claim.submission) for claim in claims if _names_its_provider(claim)}
    others = _not_approved(billed, sender)
    return [_judged(claim, others) for claim in claims] if others else claims


def _names_its_provider(claim: ClaimReading) -> bool:
    return not any(finding.loop == BILLING_PROVIDER for finding in claim.findings)


def _not_approved(billed: Collection[BillingKey], sender: User) -> set[BillingKey]:
    """Of these, those that are not the sender's. A tax number that nobody on file has is for the edits to judge."""
    allowed = Supplier.objects.allowing(sender, Right.CLAIMS_SEND)
    own = {BillingKey(npi, tin) for npi, tin in allowed.values_list("npi", "tin")}
    rest = set(billed) - own
    if not rest:
        return set()
    npis = {key.npi for key in own}
    on_file = match_suppliers(rest)
    return {key for key in rest if key in on_file or key.npi not in npis}


def _judged(claim: ClaimReading, others: Collection[BillingKey]) -> ClaimReading:
    if _names_its_provider(claim) and supplier_as_billed(claim.submission) in others:
        finding = NOT_APPROVED.finding(0, claim.submission.billing_provider.npi)
        return replace(claim, findings=(*claim.findings, finding))
    return claim
