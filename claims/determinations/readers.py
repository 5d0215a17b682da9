"""Reads about determinations and holds: what stands on a claim, what waits for a second person, what one may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from claims.adjudication.decision import Decision
from claims.determinations.actions import decision_that_stands
from claims.determinations.checks import DECIDES, ROLES, WORKS_CLAIMS
from claims.edits.wording import in_words, listed
from claims.models import Claim, ClaimHold, Determination
from claims.pages.keyset import Order, Page, Place, page_or_first

Kind, State = Determination.Kind, Determination.State

PAGE_SIZE = 25
OLDEST_FIRST = Order(("arrival",))


@dataclass(frozen=True, slots=True)
class DeterminationsPanel:
    """What people decided about one claim, and whether the person may end it."""

    current: tuple[Determination, ...]
    past: tuple[Determination, ...]
    holds: tuple[ClaimHold, ...]
    may_work: bool
    may_decide: bool


def determinations_panel(claim: Claim, person: User) -> DeterminationsPanel:
    """The panel on the page of a claim, for a person who works for the contractor; two queries."""
    made = list(determinations_of(claim))
    return DeterminationsPanel(
        current=tuple(each for each in made if each.state in (State.STANDS, State.PROPOSED)),
        past=tuple(each for each in made if each.state in (State.REFUSED, State.REVOKED)),
        holds=tuple(standing_holds(claim)),
        may_work=person.role in WORKS_CLAIMS,
        may_decide=person.role in DECIDES,
    )


def determinations_of(claim: Claim) -> QuerySet[Determination]:
    """All that were made, with what became of each; one query."""
    followed = ("made_by", "approval__made_by", "revocation__made_by")
    return Determination.objects.filter(claim=claim).select_related(*followed).order_by("arrival")


def standing_holds(claim: Claim) -> QuerySet[ClaimHold]:
    return ClaimHold.objects.standing().filter(claim=claim).select_related("made_by").order_by("arrival")


def stopping_edits(claim: Claim) -> dict[str, list[int]]:
    """The edits that keep lines from being paid, each with its lines, by the decision that stands."""
    found: dict[str, list[int]] = {}
    for line in decision_that_stands(claim).lines if claim.current_decision_id else ():
        for edit in line.edits:
            found.setdefault(edit, []).append(line.number)
    return {edit: found[edit] for edit in sorted(found)}


def still_holding(claim: Claim) -> list[str]:
    """What keeps a claim waiting that a release does not take away, a sentence each."""
    edits = _holding_edits(decision_that_stands(claim)) if claim.current_decision_id else ()
    return [*edits, *map(hold_words, standing_holds(claim))]


def _holding_edits(decision: Decision) -> Iterator[str]:
    """The edits that hold or suspend lines, once each: they hold again unless what they lack has come."""
    lines: dict[tuple[str, str], list[str]] = {}
    for line in decision.lines:
        for finding in line.findings:
            if finding.decides and finding.disposition in ("hold", "suspend"):
                lines.setdefault((finding.edit, finding.sentence), []).append(str(line.number))
    for (edit, sentence), numbers in lines.items():
        yield f"{edit} on line{'s' if len(numbers) > 1 else ''} {listed(numbers)}: {sentence}"


def hold_words(hold: ClaimHold) -> str:
    return f"Held by hand until {in_words(hold.until)} by {hold.made_by}: {hold.reason}"


def awaiting_approval(person: User) -> QuerySet[Determination]:
    """What waits for a second person and this person may settle: of their kinds, made by others."""
    kinds = [kind for kind, roles in ROLES.items() if person.role in roles]
    waiting = Determination.objects.awaiting_approval().filter(kind__in=kinds).exclude(made_by=person)
    return waiting.select_related("claim", "made_by").defer("claim__billed", "claim__gateway_findings")


def approvals_page(person: User, place: Place) -> Page[Determination]:
    """A page of what waits for this person, the oldest first; one query."""
    return page_or_first(awaiting_approval(person), OLDEST_FIRST, PAGE_SIZE, place)
