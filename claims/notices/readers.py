"""Which denials are still to be told on paper, and one of them as a notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import BigIntegerField, CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from accounts.models import Event, User
from claims.models import Claim, ClaimStatus
from claims.pages.keyset import Order, Page, Place, page_or_first
from claims.pages.remittances import ClaimOnPage, claim_on_page
from claims.payment.due import Told, remitted_claims
from claims.payment.readers import ClaimOnRemittance
from claims.payment.remittance import Payer
from claims.payment.supplier_payment import contractor
from policy.readers import reason_meanings

#: The event that says that the notice of a claim's decision went out.
MAILED = "notice_mailed"

PAGE_SIZE = 25
OLDEST_FIRST = Order(("decided_on", "id"))

#: A denial that has no payee: an 835 goes to a supplier and its submitter, and there is none.
WITHOUT_PAYEE = Q(supplier__isnull=True, status=ClaimStatus.DENIED, is_test=False)


def claims_without_payee(user: User) -> QuerySet[Claim]:
    """Denied claims of suppliers that are not on file, as far as a person may see them."""
    return Claim.objects.visible_to(user).filter(WITHOUT_PAYEE).defer("gateway_findings")


def told_to_nobody(user: User) -> QuerySet[Claim]:
    """Those of whose standing decision no notice went out."""
    return claims_without_payee(user).filter(~Exists(notices_mailed()))


def notices_mailed() -> QuerySet[Event]:
    """The events that a notice of the standing decision of a claim (the outer query) went out."""
    return Event.objects.annotate(decision=Cast(KT("data__decision"), BigIntegerField())).filter(
        verb=MAILED,
        about_type="claims.claim",
        about_id=Cast(OuterRef("pk"), CharField()),
        decision=OuterRef("current_decision_id"),
    )


def notice_list(user: User, place: Place) -> Page[Claim]:
    """A page of the claims told to nobody, the longest waiting first; one query."""
    return page_or_first(told_to_nobody(user), OLDEST_FIRST, PAGE_SIZE, place)


@dataclass(frozen=True, slots=True)
class Notice:
    """A decision as it is told on paper: from whom, to whom, and the claim as a remittance would tell it."""

    sender: Payer
    address: tuple[str, ...]
    shown: ClaimOnPage
    mailed: Event | None


def notice_of(claim: Claim) -> Notice:
    """The notice of the standing decision of a claim of `claims_without_payee`; five queries."""
    assert claim.current_decision is not None
    (told,) = remitted_claims([Told(claim, claim.current_decision.pk)])
    of_claim = Event.objects.filter(verb=MAILED, about_type="claims.claim", about_id=str(claim.pk))
    return Notice(
        sender=contractor(),
        address=(claim.billing_name, *address_lines(claim.billed.get("provider_address") or {})),
        shown=claim_on_page(ClaimOnRemittance(claim, claim.current_decision, told, False, ()), reason_meanings()),
        mailed=of_claim.filter(data__decision=claim.current_decision.pk).first(),
    )


def address_lines(address: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of a letter's address, from the address of the billing provider as it was billed."""
    town = (address.get("city"), address.get("state"), zip_in_words(address.get("zip_code", "")))
    return tuple(filter(None, (address.get("street"), address.get("street_2"), " ".join(filter(None, town)))))


def zip_in_words(code: str) -> str:
    """ "21201-1234" for a ZIP of nine digits."""
    return f"{code[:5]}-{code[5:]}" if len(code) == 9 else code
