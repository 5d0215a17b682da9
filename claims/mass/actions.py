"""Acts on mass adjustments: make, preview, approve, pause, resume, cancel, reverse."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.actions import record_event
from accounts.models import User
from claims.adjudication.version import ENGINE_VERSION
from claims.adjustments.checks import said
from claims.mass.checks import (
    as_chosen,
    check_maker,
    check_recent,
    check_same_rules,
    check_second_person,
    check_something_changes,
    claims_named_by,
    has_same_rules,
)
from claims.mass.listing import Item, put_back_all, put_back_changed
from claims.models import MassAdjustment, MassAdjustmentLine, MassState
from claims.nudge import MASS_ADJUSTMENTS, nudge_after_commit
from policy import clock
from policy.readers import current_publication
from policy.refusals import Refused

LONGEST_TITLE = 60


@transaction.atomic
def make(title: str, reason: str, claims: str, *, by: User, good_cause: str = "") -> MassAdjustment:
    """A draft over the claims that a text names: "all", claim numbers, or the filters of the worklist's address.

    `title` is read by suppliers as the reason of the decisions, `reason` only by staff. Raises Refused, with the field
    that it is about, for a text that is not understood or names no claim.
    """
    check_maker(by)
    chosen_by = as_chosen(claims)
    if not claims_named_by(chosen_by).exists():
        raise Refused("No claim matches. Widen the filters.", "no_claims", "claims")
    mass = MassAdjustment.objects.create(
        title=_titled(title),
        reason=said(reason),
        good_cause=said(good_cause, "good_cause") if good_cause.strip() else "",
        chosen_by=chosen_by,
        made_by=by,
        made_on=clock.today(),
    )
    tell("mass_made", mass, by, f"{mass} was made: {mass.title}. {mass.reason}")
    return mass


def _titled(title: str) -> str:
    words = " ".join(title.split())
    if not words:
        raise Refused("Give it a title: it is the reason of every decision that comes of it.", "no_title", "title")
    if len(words) > LONGEST_TITLE:
        raise Refused(f"The title is longer than {LONGEST_TITLE} characters. Shorten it.", "title_too_long", "title")
    return words


@transaction.atomic
def preview(mass: MassAdjustment, *, by: User) -> MassAdjustment:
    """Freeze the list and decide it in the dark, in the background; what an earlier preview found is dropped.

    Of one that has begun to run only what is left is previewed again, and approved again where that changes anything.
    """
    mass = _locked(mass, by, MassState.DRAFT, MassState.PREVIEWED, MassState.FAILED)
    if mass.claims.filter(state__in=(Item.State.ASKED, Item.State.DECIDED)).exists():
        return _preview_again(mass, put_back_all(mass), by)
    MassAdjustmentLine.objects.filter(mass=mass).delete()
    mass.claims.all().delete()
    mass.publication, mass.note = None, ""
    mass.approved_by, mass.approved_on, mass.approved_reason = None, None, ""
    _move(mass, MassState.PREVIEWING, "publication", "note", "approved_by", "approved_on", "approved_reason")
    tell("mass_preview_asked", mass, by, f"A preview of {mass} was asked for.")
    return mass


@transaction.atomic
def approve(mass: MassAdjustment, *, by: User, reason: str) -> MassAdjustment:
    """Approve what was previewed; it begins in the background.

    Raises Refused for who made it, for a person whose limit does not cover what is at stake, when nothing would change,
    and for a preview that is too old or was made with other tables or another program.
    """
    mass = _locked(mass, by, MassState.PREVIEWED)
    check_second_person(mass, by)
    check_something_changes(mass)
    today = clock.today()
    check_recent(mass, today)
    _check_same_rules(mass, "Preview it again.")
    mass.approved_by, mass.approved_on, mass.approved_reason = by, today, said(reason)
    mass.claims.filter(previewed_otherwise=True).update(previewed_otherwise=False)
    _move(mass, MassState.APPROVED, "approved_by", "approved_on", "approved_reason")
    tell("mass_approved", mass, by, f"{mass} was approved: {mass.approved_reason}")
    return mass


@transaction.atomic
def pause(mass: MassAdjustment, *, by: User) -> MassAdjustment:
    """Stop after the portion that is being worked; what was asked is decided."""
    mass = _locked(mass, by, MassState.APPROVED, MassState.RUNNING)
    _move(mass, MassState.PAUSED)
    tell("mass_paused", mass, by, f"{mass} was paused.")
    return mass


@transaction.atomic
def resume(mass: MassAdjustment, *, by: User) -> MassAdjustment:
    """Let it go on where it was paused or stopped.

    What has changed since its preview is previewed again first, alone: where that comes out as it was approved, the run
    goes on by itself; where not, a second person approves again. Raises Refused for one that was never approved.
    """
    mass = _locked(mass, by, MassState.PAUSED, MassState.FAILED)
    if mass.approved_by is None:
        raise Refused("It was not approved yet. Preview it again.", "not_approved")
    if count := put_back_changed(mass) if has_same_rules(mass) else put_back_all(mass):
        return _preview_again(mass, count, by)
    mass.note = ""
    _move(mass, MassState.RUNNING, "note")
    tell("mass_resumed", mass, by, f"{mass} goes on.")
    return mass


def _preview_again(mass: MassAdjustment, count: int, by: User) -> MassAdjustment:
    """Preview again the claims that were put back, with the tables and the program of now."""
    mass.publication, mass.engine_version, mass.note = current_publication(), ENGINE_VERSION, ""
    _move(mass, MassState.PREVIEWING, "publication", "engine_version", "note")
    tell("mass_preview_asked", mass, by, f"{mass} is to go on: {count:,} claims of it are previewed again.")
    return mass


@transaction.atomic
def cancel(mass: MassAdjustment, *, by: User) -> MassAdjustment:
    """Do nothing more of it; the claims that were asked already are decided, and those decisions stand."""
    mass = _locked(mass, by, *(state for state in MassState if state not in MassAdjustment.OVER))
    mass.ended_on = clock.today()
    _move(mass, MassState.CANCELLED, "ended_on")
    tell("mass_cancelled", mass, by, f"{mass} was cancelled.")
    return mass


@transaction.atomic
def reverse(mass: MassAdjustment, reason: str, *, by: User, good_cause: str = "") -> MassAdjustment:
    """A mass adjustment that takes this one back, whole: previewed at once, and approved by a second person."""
    mass = _locked(mass, by, *MassAdjustment.OVER)
    if mass.claims.filter(state=Item.State.ASKED).exists():
        raise Refused("Claims of it are still to be decided. Wait for their decisions.", "not_decided")
    if not mass.claims.filter(state=Item.State.DECIDED).exists():
        raise Refused("It decided no claim, so there is nothing to take back.", "nothing_to_reverse")
    reversal = MassAdjustment(
        title=mass.title,
        reason=said(reason),
        good_cause=said(good_cause, "good_cause") if good_cause.strip() else "",
        chosen_by=mass.chosen_by,
        reverses=mass,
        made_by=by,
        made_on=clock.today(),
    )
    try:
        with transaction.atomic():
            reversal.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("It is being taken back, or was, by another mass adjustment.", "reversed_before") from error
    tell("mass_made", reversal, by, f"{reversal} was made to take back {mass}: {reversal.reason}")
    return preview(reversal, by=by)


def _locked(mass: MassAdjustment, by: User, *states: MassState) -> MassAdjustment:
    """The mass adjustment as it is now, locked; refuses a person of another role, and one that has moved on."""
    check_maker(by)
    mass = MassAdjustment.objects.select_for_update(of=("self",)).get(pk=mass.pk)
    if mass.state not in states:
        raise Refused(
            f"That cannot be done now: the mass adjustment is {mass.get_state_display().lower()}. See how it stands.",
            "moved_on",
        )
    return mass


def _check_same_rules(mass: MassAdjustment, remedy: str) -> None:
    try:
        check_same_rules(mass)
    except Refused as refusal:
        raise Refused(f"{refusal} {remedy}", refusal.code) from refusal


def _move(mass: MassAdjustment, state: MassState, *fields: str) -> None:
    mass.state = state
    mass.save(update_fields=["state", *fields])
    if mass.is_at_work:
        nudge_after_commit(MASS_ADJUSTMENTS)


def tell(verb: str, mass: MassAdjustment, by: User, sentence: str) -> None:
    data = {"state": mass.state, "at_stake": mass.at_stake, "reverses": mass.reverses_id}
    record_event(verb, by=by, on=clock.today(), about=mass, sentence=sentence, data=data)
