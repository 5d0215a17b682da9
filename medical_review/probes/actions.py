"""What is done with a probe: choosing, drawing a round, its result, the education, the outcome."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.actions import Actor, record_event
from accounts.models import User
from claims.adjustments.checks import said
from claims.authority import check_role, check_second_person
from claims.edits.wording import in_words
from medical_review.actions.drawing import Criteria, draw_sample
from medical_review.conflicts import check_no_tie
from medical_review.models import Case, Education, Probe, ProbeRound, RoundOutcome, RoundResult
from medical_review.models.probe import earliest
from medical_review.probes.rates import count
from medical_review.probes.readers import charges_of, last_round, open_cases
from medical_review.probes.states import BY_ACT, FEWEST, MOST, ROUNDS, STANDING, ProbeState, check_probe_act
from medical_review.states import SECONDS, THE_JOB
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from suppliers.models import Supplier

Word = RoundOutcome.Word


@transaction.atomic
def choose(supplier: Supplier, *, why: str, by: User) -> Probe:
    """Begin a probe of a supplier. Refuses where one stands."""
    check_role(BY_ACT["choose"].roles, by)
    check_no_tie(supplier.pk, by)
    Supplier.objects.select_for_update(no_key=True).get(pk=supplier.pk)
    if standing := Probe.objects.filter(supplier=supplier, state__in=STANDING).first():
        raise Refused(f"{standing} has not ended. Go on with that one.", "already_probed", "npi")
    probe = Probe.objects.create(supplier=supplier, why=said(why), chosen_by=by, chosen_on=clock.today())
    tell("probe_chosen", probe, by, f"Chosen for probe and educate: {probe.why}")
    return probe


@transaction.atomic
def draw_round(probe: Probe, criteria: Criteria, size: int, *, by: User, seed: str = "") -> ProbeRound:
    """Draw the next round at random and open its cases. Refuses too early a day, too few or too many claims."""
    probe = lock_probe(probe, "draw", by)
    if not FEWEST <= size <= MOST:
        raise Refused(f"A round has {FEWEST} to {MOST} claims.", "size", "size")
    if criteria.supplier != probe.supplier:
        raise Refused("A round is drawn from the claims of the probe’s own supplier.", "other_supplier")
    last = last_round(probe)
    if last is not None:
        check_day(last)
    draw = draw_sample(criteria, "random", size, by=by, seed=seed, is_probe=True)
    if len(draw.sample) < FEWEST:
        raise Refused(
            f"Only {len(draw.sample)} claims meet these criteria; a round needs {FEWEST}. Widen the days.",
            "small_frame",
        )
    made = ProbeRound.objects.create(probe=probe, number=last.number + 1 if last else 1, draw=draw)
    move(probe, ProbeState.REVIEW)
    tell("probe_round_drawn", probe, by, f"{made} drawn: {len(draw.sample)} of {len(draw.frame):,} claims, {draw}.")
    return made


def check_day(last: ProbeRound) -> None:
    """Refuses a later round without education, or before its earliest day."""
    begins = earliest(list(last.educations.all()))
    if begins is None:
        raise Refused(
            f"Note the education after round {last.number} first: the days are counted from it.", "no_education"
        )
    if clock.today() < begins:
        raise Refused(f"The next round may be drawn from {in_words(begins)} on.", "too_early")


@transaction.atomic
def find_result(probe: Probe, *, by: Actor) -> RoundResult:
    """The error rates of the round, when none of its cases is open any more."""
    probe = lock_probe(probe, "find", by)
    last = round_of(probe)
    if waiting := open_cases(last.draw):
        raise Refused(f"{waiting} of its cases are not decided yet.", "not_decided")
    claims = charges_of(last.draw)
    if not claims:
        raise Refused(
            "Every case ended without a decision, so there is no rate. Call the probe off.", "nothing_decided"
        )
    counted = count(claims)
    result = RoundResult.objects.create(
        round=last,
        **asdict(counted),
        left_out=len(last.draw.sample) - counted.claims,
        threshold=threshold_on(last.draw.made_on),
        found_by=by if isinstance(by, User) else None,
        found_on=clock.today(),
    )
    move(probe, ProbeState.RESULT)
    tell(
        "probe_result",
        probe,
        by,
        f"{last}: {result.by_charges:.1%} of the charges and {result.by_claims:.1%} of the claims in error.",
    )
    return result


def threshold_on(day: dt.date) -> Decimal:
    """The share of charges in error, 0 to 1, above which a supplier is not released without more."""
    return Decimal(tables_as_known().setting_on("probe_error_threshold", day, "0.20"))


def find_due_results() -> int:
    """The results of all rounds of which every case has ended and one at least was decided; how many."""
    cases = Case.objects.filter(draw__probe_round__probe=OuterRef("pk"), draw__probe_round__result=None)
    due = Probe.objects.filter(Exists(cases.filter(state="decided")), ~Exists(cases.open()), state=ProbeState.REVIEW)
    found = 0
    for probe in due:
        find_result(probe, by=THE_JOB)
        found += 1
    return found


@transaction.atomic
def educate(probe: Probe, *, held_on: dt.date, held_by: str, topics: str, material: str = "", by: User) -> Education:
    """Note an education session after a round; the next round is counted from it."""
    probe = lock_probe(probe, "educate", by)
    last, today = round_of(probe), clock.today()
    if held_on > today:
        raise Refused("This day is still to come. Note a session when it was held.", "future", "held_on")
    if held_on < last.result.found_on:
        day = in_words(last.result.found_on)
        raise Refused(f"The result of the round is of {day}; the education follows it.", "too_early", "held_on")
    days = int(tables_as_known().setting_on("probe_days_between_rounds", held_on, "45"))
    noted = Education.objects.create(
        round=last,
        held_on=held_on,
        held_by=said(held_by, "held_by")[:120],
        topics=said(topics, "topics"),
        material=" ".join(material.split()),
        next_round_from=held_on + dt.timedelta(days=days),
        made_by=by,
    )
    tell(
        "probe_education",
        probe,
        by,
        f"Education after {last} held on {in_words(held_on)} by {noted.held_by}: {noted.topics}",
    )
    return noted


@transaction.atomic
def release(probe: Probe, *, reason: str, by: User) -> RoundOutcome:
    """No further round. Above the threshold a medical director decides it who did not draw the round."""
    probe = lock_probe(probe, "release", by)
    last = round_of(probe)
    if last.result.is_above:
        check_role(SECONDS, by, "Releasing a supplier above the threshold")
        check_other(last, by)
    return conclude(probe, last, Word.RELEASE, ProbeState.RELEASED, reason, by)


@transaction.atomic
def go_on(probe: Probe, *, reason: str, by: User) -> RoundOutcome:
    """Another round follows the education: above the threshold, before round 3 is over."""
    probe = lock_probe(probe, "go_on", by)
    last = round_of(probe)
    check_above(last)
    if last.number >= ROUNDS:
        raise Refused(f"There are {ROUNDS} rounds. Release the supplier or refer it.", "no_more_rounds")
    return conclude(probe, last, Word.GO_ON, ProbeState.EDUCATION, reason, by)


@transaction.atomic
def refer(probe: Probe, *, reason: str, by: User) -> RoundOutcome:
    """Three rounds above the threshold: a medical director refers the supplier who did not draw the last one."""
    probe = lock_probe(probe, "refer", by)
    last = round_of(probe)
    check_above(last)
    if last.number < ROUNDS:
        raise Refused(f"A supplier is referred after {ROUNDS} rounds; this was {last.number}.", "rounds_left")
    check_other(last, by)
    return conclude(probe, last, Word.REFER, ProbeState.REFERRED, reason, by)


@transaction.atomic
def call_off(probe: Probe, *, reason: str, by: User) -> Probe:
    """End a probe without an outcome; its open cases go on."""
    probe = lock_probe(probe, "call_off", by)
    words = said(reason)
    move(probe, ProbeState.CALLED_OFF)
    tell("probe_called_off", probe, by, f"Called off: {words}")
    return probe


# ---------- checks, and what the acts share ----------


def lock_probe(probe: Probe, act: str, by: Actor) -> Probe:
    """The probe as it is now, locked; refuses another role, a tie, an act not now."""
    if isinstance(by, User):
        check_role(BY_ACT[act].roles, by)
        check_no_tie(probe.supplier_id, by)
    locked = Probe.objects.select_for_update(of=("self",)).select_related("supplier").get(pk=probe.pk)
    check_probe_act(act, locked.state)
    return locked


def check_above(last: ProbeRound) -> None:
    if not last.result.is_above:
        raise Refused(
            f"The rate by charges is not above the threshold of {last.result.threshold:.0%}. Release the supplier.",
            "not_above",
        )


def check_other(last: ProbeRound, by: User) -> None:
    check_second_person(last.draw.made_by_id, by, "drew this round", remedy="Another director must decide it")


def round_of(probe: Probe) -> ProbeRound:
    last = last_round(probe)
    assert last is not None
    return last


def conclude(probe: Probe, last: ProbeRound, word: str, state: ProbeState, reason: str, by: User) -> RoundOutcome:
    outcome = RoundOutcome.objects.create(round=last, word=word, reason=said(reason), made_by=by, made_on=clock.today())
    move(probe, state)
    tell("probe_outcome", probe, by, f"{last}: {str(outcome).lower()}. {outcome.reason}")
    return outcome


def move(probe: Probe, state: ProbeState) -> None:
    probe.state = state.value
    probe.ended_on = None if state in STANDING else clock.today()
    probe.save(update_fields=["state", "ended_on"])


def tell(verb: str, probe: Probe, by: Actor, sentence: str) -> None:
    record_event(verb, by=by, on=clock.today(), about=probe, sentence=sentence)
