"""A claim's status: what it means, how it looks, and where it may go from there."""

from __future__ import annotations

from django.db import models

#: value: (glyph, tone, plain meaning)
Shown = dict[str, tuple[str, str, str]]


class ShownChoices(models.TextChoices):
    """Choices that know their glyph, their tone and their plain meaning; `shown` says them by value."""

    @staticmethod
    def shown() -> Shown:
        return GLYPHS

    @property
    def glyph(self) -> str:
        return self.shown()[self.value][0]

    @property
    def tone(self) -> str:
        return self.shown()[self.value][1]

    @property
    def meaning(self) -> str:
        return self.shown()[self.value][2]


class ClaimStatus(ShownChoices):
    """The states of a claim; the arrows between them are TRANSITIONS, which a trigger enforces."""

    RECEIVED = "received", "Received"
    REJECTED = "rejected", "Rejected"
    QUEUED = "queued", "In the queue"
    PAYABLE = "payable", "Payable"
    DENIED = "denied", "Denied"
    ON_HOLD = "on_hold", "On hold"
    SUSPENDED = "suspended", "Suspended"
    PAID = "paid", "Paid"
    ADJUSTED = "adjusted", "Adjusted"
    VOIDED = "voided", "Voided"


class LineOutcome(ShownChoices):
    """What a decision says of one line."""

    PAY = "pay", "Pays"
    DENY = "deny", "Denied"
    SUSPEND = "suspend", "Suspended"
    HOLD = "hold", "On hold"


GLYPHS: Shown = {
    "received": ("ring-broken", "neutral", "The claim has come in and waits for its checks."),
    "rejected": ("octagon-x", "denied", "The gateway refused the claim; it was never decided."),
    "queued": ("ring-broken", "neutral", "The claim waits to be decided."),
    "payable": ("circle-check-open", "pays", "The claim pays on its payment day."),
    "denied": ("octagon-x", "denied", "No line of the claim pays."),
    "on_hold": ("square-pause", "hold", "The claim waits for a drug bill and is looked at again by itself."),
    "suspended": ("diamond-alert", "waits", "The claim waits for a person."),
    "paid": ("circle-check", "pays", "The payment has gone out."),
    "adjusted": ("circle-check", "neutral", "A replacement of the claim stands in its place."),
    "voided": ("octagon-x", "neutral", "The claim was taken back."),
    "pay": ("circle-check", "pays", "The line pays."),
    "deny": ("octagon-x", "denied", "The line does not pay."),
    "suspend": ("diamond-alert", "waits", "The line waits for a person."),
    "hold": ("square-pause", "hold", "The line waits for a drug bill."),
    "proposed": ("diamond-alert", "waits", "A second person must approve or refuse it."),
    "approved": ("ring-broken", "neutral", "The claim waits for its new decision."),
    "done": ("circle-check", "neutral", "The new decision stands, or the claim is voided."),
    "refused": ("octagon-x", "neutral", "The decision that stood goes on standing."),
}

#: From a status to those it may become. A decision is reached only through the queue, also one that takes the place of
#: another: a paid claim that is adjusted goes back to it. A claim is adjusted when a replacement stands in its place.
TRANSITIONS: dict[ClaimStatus, tuple[ClaimStatus, ...]] = {
    ClaimStatus.RECEIVED: (ClaimStatus.REJECTED, ClaimStatus.QUEUED, ClaimStatus.VOIDED),
    ClaimStatus.QUEUED: (
        ClaimStatus.PAYABLE,
        ClaimStatus.DENIED,
        ClaimStatus.ON_HOLD,
        ClaimStatus.SUSPENDED,
        ClaimStatus.ADJUSTED,
    ),
    ClaimStatus.ON_HOLD: (ClaimStatus.QUEUED, ClaimStatus.ADJUSTED, ClaimStatus.VOIDED),
    ClaimStatus.SUSPENDED: (ClaimStatus.QUEUED, ClaimStatus.ADJUSTED, ClaimStatus.VOIDED),
    ClaimStatus.PAYABLE: (ClaimStatus.PAID, ClaimStatus.QUEUED, ClaimStatus.ADJUSTED, ClaimStatus.VOIDED),
    ClaimStatus.DENIED: (ClaimStatus.QUEUED, ClaimStatus.ADJUSTED, ClaimStatus.VOIDED),
    ClaimStatus.PAID: (ClaimStatus.QUEUED, ClaimStatus.ADJUSTED, ClaimStatus.VOIDED),
    ClaimStatus.ADJUSTED: (),
    ClaimStatus.VOIDED: (),
    ClaimStatus.REJECTED: (),
}

#: The status that a decision gives its claim.
STATUS_OF_DECISION = {
    "pay": ClaimStatus.PAYABLE,
    "deny": ClaimStatus.DENIED,
    "suspend": ClaimStatus.SUSPENDED,
    "hold": ClaimStatus.ON_HOLD,
}
