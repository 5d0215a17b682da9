"""The preview: each claim of the list decided in the dark, in portions, and what would change kept for the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Abs

from accounts.actions import record_event
from claims.adjudication.version import ENGINE_VERSION
from claims.edits.wording import dollars
from claims.mass.dark import InTheDark, decided_in_the_dark, made_again
from claims.mass.listing import Item, freeze, next_portion, write
from claims.mass.obstacles import DECIDED_SINCE, REPLACED_SOON, obstacles
from claims.mass.telling import States, fields_of, told, told_digest
from claims.models import Claim, MassAdjustment, MassAdjustmentLine, MassState
from claims.replay.lines import ZERO, paid_by, stored_states
from claims.replay.replaying import changes_of
from policy import clock
from policy.readers import current_publication, tables_as_known

#: Who acts in the background.
THE_WORKER = "the worker of mass adjustments"

#: Claims decided in the dark in one transaction, which holds their locks for about a second.
PORTION = 250

#: The claims that change, be it done already.
CHANGING = (Item.State.CHANGES, Item.State.ASKED, Item.State.DECIDED)

UNREADABLE = "The decision before cannot be made again: this version of the program cannot read its facts."


def begin(mass: MassAdjustment) -> None:
    """Freeze the list, and the tables and the program that the preview decides with."""
    mass.claims_chosen = freeze(mass)
    mass.publication, mass.engine_version = current_publication(), ENGINE_VERSION
    mass.save(update_fields=["claims_chosen", "publication", "engine_version"])


def preview_portion(mass: MassAdjustment) -> int:
    """Preview the next claims of the list; how many, 0 when none is left."""
    items = next_portion(Item.objects.filter(mass=mass, state=Item.State.CHOSEN), PORTION)
    if items:
        preview_items(mass, items)
    return len(items)


def preview_items(mass: MassAdjustment, items: Sequence[Item]) -> None:
    """Decide these claims in the dark and write down what would change, or why one is left out."""
    today, claims = clock.today(), locked_claims(items)
    sentences = obstacles(list(claims.values()), today, mass.good_cause)
    if mass.reverses_id:
        sentences = decided_since(items, claims) | sentences
    else:
        for item in items:
            item.decision_id = claims[item.claim_id].current_decision_id
    asked = [item for item in items if item.claim_id not in sentences]
    before = standing_states(asked)
    fresh = _made_again(asked, today) if mass.reverses_id else _by_the_queue(mass, asked, before, today)
    missing = UNREADABLE if mass.reverses_id else REPLACED_SOON
    for item in items:
        if item.claim_id in fresh:
            note(item, fresh[item.claim_id], before[item.claim_id])
        else:
            item.state, item.sentence = Item.State.LEFT_OUT, sentences.get(item.claim_id, missing)
    write(items)
    changing = (item for item in items if item.state == Item.State.CHANGES)
    lines = (line for item in changing for line in changed_lines(item, fresh[item.claim_id], before[item.claim_id]))
    MassAdjustmentLine.objects.bulk_create(lines, batch_size=1000)


def standing_states(items: Sequence[Item]) -> dict[int, States]:
    """The lines of the decisions that stand, by claim; one query."""
    stored = stored_states([item.decision_id for item in items if item.decision_id])
    return {item.claim_id: stored[item.decision_id] for item in items if item.decision_id}


def locked_claims(items: Sequence[Item]) -> dict[int, Claim]:
    """The claims as they are now, by id, locked until the transaction ends."""
    ids = [item.claim_id for item in items]
    claims = Claim.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    return {claim.pk: claim for claim in claims.defer("billed", "gateway_findings")}


def decided_since(items: Sequence[Item], claims: dict[int, Claim]) -> dict[int, str]:
    """Claims whose decision is not the one that the list names any more."""
    moved = (item for item in items if claims[item.claim_id].current_decision_id != item.decision_id)
    return {item.claim_id: DECIDED_SINCE for item in moved}


def _by_the_queue(
    mass: MassAdjustment, items: Sequence[Item], before: Mapping[int, States], today: dt.date
) -> dict[int, InTheDark]:
    tables = tables_as_known(mass.publication)
    return decided_in_the_dark([item.claim_id for item in items], before, tables, today)


def _made_again(items: Sequence[Item], today: dt.date) -> dict[int, InTheDark]:
    again = dict(made_again({item.restored_id for item in items if item.restored_id}, today))
    return {item.claim_id: again[item.restored_id] for item in items if item.restored_id in again}


def note(item: Item, fresh: InTheDark, before: States) -> None:
    """Write on the item what the claim pays and would pay, whether it changes, and whether that was not approved."""
    was = (item.told_digest, item.difference)
    item.state = Item.State.CHANGES if fresh.changes(before) else Item.State.SAME
    item.before = paid_by(before.values())
    item.after = fresh.paid
    item.told_digest = told_digest(fresh.states)
    item.previewed_otherwise |= was[0] != "" and was != (item.told_digest, item.difference)
    item.of_other_engine = fresh.of_other_engine


def changed_lines(item: Item, fresh: InTheDark, before: States) -> Iterator[MassAdjustmentLine]:
    for change in changes_of(fresh.facts, dict(before), fresh.states):
        if told(change.before) != told(change.after):
            yield MassAdjustmentLine(
                of=item,
                mass_id=item.mass_id,
                position=item.position,
                **fields_of(change),
            )


def finish(mass: MassAdjustment) -> None:
    """The preview is whole: its totals, and that it waits for approval, or goes on as it was approved.

    The totals are those of the whole mass adjustment, also of what was decided before the rest was previewed again.
    """
    changes = Q(state__in=CHANGING)
    seen = Item.objects.filter(mass=mass, state__in=(*CHANGING, Item.State.SAME))
    totals = seen.aggregate(
        claims_changed=Count("pk", filter=changes),
        at_stake=Sum(Abs(F("after") - F("before")), filter=changes, default=ZERO),
        before=Sum("before", default=ZERO),
        after=Sum("after", default=ZERO),
    )
    totals["lines_changed"] = MassAdjustmentLine.objects.filter(mass=mass).count()
    for name, value in totals.items():
        setattr(mass, name, value)
    goes_on = mass.approved_by_id and not seen.filter(state=Item.State.CHANGES, previewed_otherwise=True).exists()
    mass.state = MassState.RUNNING if goes_on else MassState.PREVIEWED
    mass.previewed_on = clock.today()
    mass.save(update_fields=[*totals, "state", "previewed_on"])
    record_event(
        "mass_previewed",
        by=THE_WORKER,
        on=mass.previewed_on,
        about=mass,
        sentence=f"{mass} was previewed: {mass.claims_changed:,} of {mass.claims_chosen:,} claims would change, "
        f"{dollars(mass.at_stake)} are at stake." + (" It goes on as it was approved." if goes_on else ""),
        data={"publication": mass.publication, **totals},
    )
