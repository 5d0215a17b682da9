"""Acts on blind reviews. None of them touches the case, its claim or money."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from claims.adjustments.checks import said
from claims.authority import check_role
from medical_review.blind.desk import blind_desk
from medical_review.blind.drawing import make, may_be_judged_blind, tell
from medical_review.blind.independence import check_is_independent, has_seen
from medical_review.blind.states import BY_ACT, BlindState, check_blind_act
from medical_review.desk import Desk, rationale_text, todos
from medical_review.drafts import take_in
from medical_review.judging import Judged
from medical_review.models import BlindFinding, BlindLine, BlindReview, Case
from medical_review.pages.written import Kept, document_in
from policy import clock
from policy.refusals import Refused

#: Waiting ones that are looked through for one that a person may have.
LOOKED_THROUGH = 200


@transaction.atomic
def choose(case: Case, *, why: str, by: User) -> BlindReview:
    """A medical director has a signed case judged a second time."""
    check_role(BY_ACT["draw"].roles, by)
    locked = Case.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=case.pk).first()
    if locked is None:
        raise Refused("You have a tie to the supplier of this case.", "tie")
    decision = locked.decisions.filter(signed_by__isnull=False).order_by("-number").first()
    if decision is None:
        raise Refused("Nobody has signed a decision on this case yet. Have it judged blind afterwards.", "not_signed")
    if not may_be_judged_blind(decision):
        raise Refused("The case is a redetermination, or is judged blind already.", "not_this_one")
    return make(decision, said(why), by)


@transaction.atomic
def take_next(*, by: User) -> BlindReview | None:
    """The oldest that waits and that the person may judge blind becomes theirs; None when there is none.

    Nobody chooses: who could see the list of claims could look for the first judgement. One at a time.
    """
    check_role(BY_ACT["take"].roles, by)
    if BlindReview.objects.filter(assigned_to=by, state=BlindState.IN_REVIEW).exists():
        raise Refused("You have a blind review. Sign it or hand it back first.", "has_one")
    waiting = BlindReview.objects.filter(state=BlindState.WAITS).select_related("case__claim", "decision")
    for review in waiting.select_for_update(of=("self",), skip_locked=True)[:LOOKED_THROUGH]:
        if is_open_to(review, by):
            review.state, review.assigned_to = BlindState.IN_REVIEW.value, by
            review.save(update_fields=["state", "assigned_to"])
            tell("blind_review_taken", review, by, f"Taken by {by}.")
            return review
    return None


def is_open_to(review: BlindReview, person: User) -> bool:
    """Whether the person is independent of the first judgement."""
    try:
        check_is_independent(review, person)
    except Refused:
        return False
    return True


@transaction.atomic
def hand_back(review: BlindReview, *, why: str, by: User) -> BlindReview:
    """It waits for somebody else; what was written is dropped, so that the next one judges alone."""
    review = lock_own(review, "hand_back", by)
    review.state, review.assigned_to, review.draft = BlindState.WAITS.value, None, {}
    review.save(update_fields=["state", "assigned_to", "draft"])
    tell("blind_review_handed_back", review, by, f"Handed back: {said(why)}")
    return review


@transaction.atomic
def keep(review: BlindReview, posted: Mapping[str, str], *, by: User) -> Kept:
    """Keep what was touched on a sent page in the draft."""
    review = lock_own(review, "answer", by)
    if "draft-again" in posted:
        review.draft = {name: values for name, values in review.draft.items() if name != "rationale"}
        review.save(update_fields=["draft"])
        return Kept(1, (), ())
    review.draft, kept = take_in(blind_desk(review), review.draft, posted, by, document_in(posted, review.case))
    review.save(update_fields=["draft"])
    return kept


@transaction.atomic
def sign(review: BlindReview, *, by: User) -> BlindReview:
    """Sign the judgement: every point answered, every line decided, with a rationale, as the first one had to.

    It is kept whether it was blind: who looked meanwhile at a page that shows the first judgement has not judged alone.
    """
    review = lock_own(review, "sign", by)
    desk = blind_desk(review)
    money = desk.judge()
    if lacking := [todo.words for todo in todos(desk, money) if not todo.is_done]:
        raise Refused(f"It cannot be signed yet: {'; '.join(lacking)}.", "not_ready")
    write_down(review, desk, money)
    review.state, review.signed_on, review.rationale = BlindState.SIGNED.value, clock.today(), rationale_text(desk)
    review.was_blind = not has_seen(review, by)
    review.save(update_fields=["state", "signed_on", "rationale", "was_blind"])
    tell("blind_review_signed", review, by, f"Signed by {by}.")
    return review


def write_down(review: BlindReview, desk: Desk, money: Judged) -> None:
    """The answers and the lines as they are signed."""
    BlindFinding.objects.bulk_create(
        BlindFinding(
            review=review,
            point=state.point.number,
            answer=state.answer,
            page=state.page,
            note=state.note[:1000],
            document_id=state.finding.document_id if state.finding else None,
            is_from_file=state.is_from_file,
        )
        for state in desk.points
    )
    BlindLine.objects.bulk_create(
        BlindLine(
            review=review,
            line=state.line,
            paid_after=money.lines[state.line.number].after,
            verdict=words.verdict,
            code=words.code,
            ground=words.ground,
            points=words.points,
            codes=words.codes,
            reason=words.reason,
        )
        for state in desk.lines
        if (words := desk.words_of(state))
    )


@transaction.atomic
def call_off(review: BlindReview, *, why: str, by: User) -> BlindReview:
    """It ends without a second judgement."""
    check_role(BY_ACT["call_off"].roles, by)
    review = lock(review, "call_off")
    review.state, review.ended_why = BlindState.CALLED_OFF.value, said(why)
    review.save(update_fields=["state", "ended_why"])
    tell("blind_review_called_off", review, by, f"Called off: {review.ended_why}")
    return review


def lock(review: BlindReview, act: str) -> BlindReview:
    """The blind review as it is now, locked; refuses an act not now."""
    rows = BlindReview.objects.select_related("case__claim", "case__supplier", "decision", "assigned_to")
    locked = rows.select_for_update(of=("self",)).get(pk=review.pk)
    check_blind_act(act, locked.state)
    return locked


def lock_own(review: BlindReview, act: str, by: User) -> BlindReview:
    check_role(BY_ACT[act].roles, by)
    locked = lock(review, act)
    if locked.assigned_to_id != by.pk:
        raise Refused("Somebody else has this blind review.", "not_yours")
    return locked
