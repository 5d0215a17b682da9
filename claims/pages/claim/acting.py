"""What a person of the contractor's may do with a claim now, and why not the rest; notes; who else is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import Role, User
from claims.adjudication.rulings import DRUG_CATEGORY_EDIT, TIMELY_FILING_EDIT
from claims.adjustments.checks import NOT_NOW as NOT_ADJUSTED
from claims.adjustments.checks import ROLES
from claims.adjustments.checks import WAITING as NOT_REOPENED
from claims.assignment import SETTLED
from claims.determinations.checks import DECIDES, NOT_NOW, OWN_KIND, REVIEWS, WORKS_CLAIMS
from claims.determinations.forms import NoteForm
from claims.determinations.holds import HOLDABLE, WAITING
from claims.determinations.referrals import why_not_reviewed
from claims.models import Adjustment, Claim, ClaimNote, ClaimStatus, NoteDraft, ReviewReferral
from claims.pages.meanwhile import Looking, also_looking
from claims.paper.correction import why_not_corrected
from claims.paper.entry import KEYS_PAPER

TEST = "A test claim is decided apart from all others and is never worked by hand."


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that may be done: the name of its address, its words, and why not now ("" when it may be done)."""

    address: str
    words: str
    group: str
    why_not: str = ""

    @property
    def is_open(self) -> bool:
        return not self.why_not


@dataclass(frozen=True, slots=True)
class ActingPanel:
    """All that staff do on the page of a claim. `first` stand in the heading's row, the others under "More"."""

    first: tuple[Act, ...]
    more: dict[str, list[Act]]
    notes: tuple[ClaimNote, ...]
    draft: NoteDraft | None
    note_form: NoteForm
    referral: ReviewReferral | None
    looking: tuple[Looking, ...]
    may_assign: bool


#: These stand in the heading's row when they can be done, in this order.
FIRST = ("claims:release", "claims:send_to_review", "claims:override")


def acting_panel(claim: Claim, person: User, open_one: Adjustment | None) -> ActingPanel:
    """The panel for a person who works for the contractor, with the adjustment that is open; four queries."""
    referral = ReviewReferral.objects.standing().about(claim).first()
    acts = [act for act in acts_on(claim, person, referral, open_one) if act.why_not != WRONG_ROLE]
    first = [act for name in FIRST for act in acts if act.address == name and act.is_open]
    more: dict[str, list[Act]] = {}
    for act in acts:
        if act not in first:
            more.setdefault(act.group, []).append(act)
    draft = NoteDraft.objects.filter(claim=claim, person=person).first()
    return ActingPanel(
        first=tuple(first),
        more=more,
        notes=tuple(claim.notes.select_related("made_by")),
        draft=draft,
        note_form=NoteForm(initial={"text": draft.text if draft else ""}),
        referral=referral,
        looking=tuple(also_looking(claim, person)),
        may_assign=person.role in DECIDES and claim.status not in SETTLED,
    )


#: Acts of another role are not offered: nothing that happens to the claim would open them.
WRONG_ROLE = "For another role."


def acts_on(claim: Claim, person: User, referral: ReviewReferral | None, open_one: Adjustment | None) -> Iterator[Act]:
    """Every act with the reason why it cannot be taken now; whether it is right, the act itself checks."""
    status = ClaimStatus(claim.status)
    works = "" if person.role in WORKS_CLAIMS else WRONG_ROLE
    examines = "" if person.role == Role.EXAMINER else WRONG_ROLE
    test = TEST if claim.is_test else ""
    undecided = test or NOT_NOW.get(status, "")
    stops = "" if set(claim.edits) - set(OWN_KIND) else "No edit that could be set aside keeps a line from being paid."
    yield Act("claims:release", "Release", "Decide", works or test or _why_not_released(status))
    yield Act("claims:override", "Override an edit", "Decide", works or undecided or stops)
    yield Act("claims:waive", "Waive an edit", "Decide", works or undecided or stops)
    if TIMELY_FILING_EDIT in claim.edits:
        yield Act("claims:more_time", "Grant more time to file", "Decide", works or undecided)
    if DRUG_CATEGORY_EDIT in claim.edits:
        reviews = "" if person.role in REVIEWS else WRONG_ROLE
        yield Act("claims:drug_category", "Give the drug’s category", "Decide", reviews or undecided)
    yield Act("claims:hold", "Hold until a day", "Hold back", works or test or _why_not_held(status))
    if referral:
        decides = "" if person.role in DECIDES else WRONG_ROLE
        yield Act("claims:end_review", "Call back from medical review", "Hold back", decides)
    else:
        yield Act("claims:send_to_review", "Send to medical review", "Hold back", works or why_not_reviewed(claim))
        selects = "" if person.role in DECIDES else WRONG_ROLE
        yield Act("review:open", "Choose for medical review", "Review", selects or undecided)
        told = "" if status in (ClaimStatus.PAID, ClaimStatus.DENIED) else "Only what was paid or denied is appealed."
        yield Act("review:appeal", "Take down a redetermination request", "Review", selects or test or told)
    busy = f"{open_one.kind_words}: {open_one.get_state_display().lower()}." if open_one else ""
    state = test or NOT_ADJUSTED.get(status, "") or busy
    yield from _corrections(claim, examines, state, NOT_REOPENED.get(status, ""), person)


def _corrections(claim: Claim, examines: str, state: str, waits: str, person: User) -> Iterator[Act]:
    why_not = examines or state
    keyed = ("" if person.role in KEYS_PAPER else WRONG_ROLE) or why_not or waits or why_not_corrected(claim)
    yield Act("claims:correct", "Correct what was keyed", "Correct", keyed)
    yield Act("claims:reopen", "Reopen", "Correct", why_not or waits)
    yield Act("claims:void", "Void", "Correct", why_not)
    by_role = "" if person.role in ROLES[Adjustment.Kind.ANY_TIME] else WRONG_ROLE
    yield Act("claims:reopen_at_any_time", "Reopen for fraud or similar fault", "Correct", by_role or state or waits)


def _why_not_released(status: ClaimStatus) -> str:
    return "" if status in WAITING else "The claim does not wait. Only a claim on hold or suspended is released."


def _why_not_held(status: ClaimStatus) -> str:
    if status in HOLDABLE:
        return ""
    return "What is paid or told cannot be held back any more."
