"""The verdict on a claim in one sentence, and what happens next."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from claims.adjudication.decision import Decision, LineDecision
from claims.edits.wording import dollars, in_words, listed
from claims.models import Claim, ClaimStatus
from claims.models.payment import Remittance
from claims.pages.edit_words import in_short
from claims.pages.wording import count_word, counted, joined, lowered, sentence, weekday
from claims.recycling import LookRule, line_waits_for_drug

ZERO = Decimal("0.00")

NOTHING_TO_DO = "Nothing for you to do until then."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands at the top of the page."""

    headline: str
    next: tuple[str, ...]
    will_pay: Decimal | None
    if_payable: Decimal | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the sentence on what happens next is made of."""

    claim: Claim
    decision: Decision | None
    remittance: Remittance | None
    rule: LookRule
    today: dt.date
    is_for_supplier: bool
    is_held_back: bool = False


#: What is said of a claim whose decision stands no more.
GONE = {
    ClaimStatus.ADJUSTED: "Another claim stands in the place of this one.",
    ClaimStatus.VOIDED: "The claim was taken back and pays nothing.",
}


def verdict(standing: Standing) -> Verdict:
    decision = standing.decision
    if decision and (gone := GONE.get(ClaimStatus(standing.claim.status))):
        return Verdict(gone, ("What stands below was decided before.",), None, None)
    return Verdict(
        headline=headline(decision) if decision else _without_decision(standing.claim),
        next=tuple(_next(standing)),
        will_pay=sum((line.paid for line in decision.lines), ZERO) if decision else None,
        if_payable=_hoped_for(decision) if decision else None,
    )


def _without_decision(claim: Claim) -> str:
    if claim.status == ClaimStatus.VOIDED:
        return "The claim took another one back; there is nothing to decide on it."
    return "The claim has come in and waits to be decided."


def headline(decision: Decision) -> str:
    """ "One visit will pay $125.44, one cannot be an initial visit before March 16, and one waits for its drug bill."""
    fates: list[tuple[int, str]] = []
    paying = [line for line in decision.lines if line.outcome == "pay"]
    if paying:
        amount = dollars(sum((line.paid for line in paying), ZERO))
        fates.append((len(paying), f"{'pays' if decision.is_final else 'will pay'} {amount}"))
    others = Counter(_fate(line) for line in decision.lines if line.outcome != "pay")
    fates += [(count, fate) for fate, count in others.items()]
    return _one_fate(*fates[0]) if len(fates) == 1 else _several_fates(fates)


def _fate(line: LineDecision) -> str:
    """What becomes of a line that does not pay, as the end of a sentence."""
    reason = next((finding for finding in line.findings if finding.edit == line.reason_edit), None)
    if line.outcome == "hold":
        return "waits for its drug bill"
    if line.outcome == "suspend":
        return f"waits for a person: {in_short(line.reason_edit)}"
    if reason and reason.next_eligible:
        return f"cannot be an initial visit before {in_words(reason.next_eligible, reason.next_eligible.year)}"
    return f"is denied: {in_short(line.reason_edit)}"


def _one_fate(lines: int, fate: str) -> str:
    who = {1: "the visit", 2: "both visits"}.get(lines, f"all {counted(lines, 'visit')}")
    return sentence(f"{who} {_agree(lines, fate)}")


def _several_fates(fates: list[tuple[int, str]]) -> str:
    (first, fate), *others = fates
    words = [f"{counted(first, 'visit')} {_agree(first, fate)}"]
    words += [f"{count_word(number)} {_agree(number, fate)}" for number, fate in others]
    return sentence(joined(words))


_PLURALS = {"pays": "pay", "is": "are", "waits": "wait"}


def _agree(number: int, fate: str) -> str:
    """ "waits for its drug bill" of two is "wait for their drug bills"."""
    if number == 1:
        return fate
    verb, _, rest = fate.partition(" ")
    rest = rest.replace("its drug bill", "their drug bills").replace("an initial visit", "initial visits")
    return f"{_PLURALS.get(verb, verb)} {rest}"


def _hoped_for(decision: Decision) -> Decimal | None:
    """What the lines that wait would pay in the end."""
    waiting = [
        line.if_payable.paid for line in decision.lines if line.if_payable and line.outcome in ("hold", "suspend")
    ]
    return sum(waiting, ZERO) if waiting else None


# ---------- what happens next ----------


def _next(standing: Standing) -> Iterator[str]:
    claim = standing.claim
    match ClaimStatus(claim.status):
        case ClaimStatus.QUEUED | ClaimStatus.RECEIVED:
            yield f"It waits for its turn to be decided: {lowered(claim.queue_reason)}".rstrip(": ") + "."
            if standing.decision:
                yield "What stands below is the decision before."
        case ClaimStatus.ON_HOLD:
            yield from _next_look(standing)
            yield NOTHING_TO_DO
        case ClaimStatus.SUSPENDED:
            yield from _suspended(standing)
        case ClaimStatus.PAYABLE | ClaimStatus.DENIED if standing.is_held_back and not standing.remittance:
            yield "It is held back: it is neither paid nor told before a person lets it go."
        case ClaimStatus.PAYABLE if claim.payment_day:
            yield f"The payment goes out on {weekday(claim.payment_day)}. {NOTHING_TO_DO}"
        case ClaimStatus.PAID | ClaimStatus.DENIED:
            yield from _told(standing)
    if claim.is_test:
        yield "This is a test claim: it sees no history, uses no deductible and is never paid."


def _next_look(standing: Standing) -> Iterator[str]:
    """The next look, and what the last one will do (reading 6)."""
    claim, decision = standing.claim, standing.decision
    if claim.next_look is None:
        return
    yield f"Looked at again on {weekday(claim.next_look)}, or as soon as a drug claim for this patient is loaded."
    last = standing.rule.look_days(claim.received_on)[-1]
    waiting = [str(line.number) for line in decision.lines if line_waits_for_drug(line)] if decision else []
    lines = f"line{'s' if len(waiting) > 1 else ''} {listed(waiting)} {'are' if len(waiting) > 1 else 'is'} denied"
    if waiting:
        yield f"If none has come by {in_words(last, standing.today.year)}, {lines} and the claim is decided whole."
        if last < standing.today:
            return
        looks = len(standing.rule.look_days(claim.received_on)) - claim.looks_done
        yield f"{counted((last - standing.today).days, 'day')} and {counted(looks, 'look')} are left until then."


def _suspended(standing: Standing) -> Iterator[str]:
    if standing.is_for_supplier:
        yield "A person at the contractor looks at it. You are asked here when records are needed."
    else:
        yield "A person must look at it: what is lacking stands with each line."
    yield from _next_look(standing)


def _told(standing: Standing) -> Iterator[str]:
    """A claim that is paid, or denied: told already, or on the next payment day."""
    remittance, day = standing.remittance, standing.claim.payment_day
    if remittance:
        yield f"Told on the remittance of {in_words(remittance.payment_day, standing.today.year)}."
    elif day:
        yield f"The denial is told on the remittance of {weekday(day)}."
    if standing.claim.status == ClaimStatus.DENIED:
        yield "What would make a visit payable stands with its line."
