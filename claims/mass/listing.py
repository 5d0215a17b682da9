"""The list of a mass adjustment: frozen once, and worked in portions that keep a patient's claims together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import connection
from django.db.models import F, QuerySet

from claims.mass.checks import claims_named_by
from claims.models import MassAdjustment, MassAdjustmentClaim, MassAdjustmentLine
from policy.refusals import Refused

Item = MassAdjustmentClaim
ROWS_AT_ONCE = 2000


def freeze(mass: MassAdjustment) -> int:
    """Write down the claims that are chosen now; how many. Raises Refused when there is none any more.

    A patient's claims come one after another, in the order in which their standing decisions were made: so that the
    claim which was decided first keeps the day, the place in the week and the deductible.
    """
    items = _to_take_back(mass) if mass.reverses_id else _chosen(mass)
    count = 0
    while batch := list(islice(items, ROWS_AT_ONCE)):
        Item.objects.bulk_create(batch)
        count += len(batch)
    if not count:
        raise Refused("No claim is chosen any more.", "no_claims")
    return count


def _chosen(mass: MassAdjustment) -> Iterator[Item]:
    nobody_first = F("beneficiary").asc(nulls_first=True)
    claims = claims_named_by(mass.chosen_by).order_by(nobody_first, "current_decision_id", "pk")
    ids = claims.values_list("pk", flat=True).iterator(chunk_size=ROWS_AT_ONCE)
    return (Item(mass=mass, claim_id=claim_id, position=position) for position, claim_id in enumerate(ids, 1))


def _to_take_back(mass: MassAdjustment) -> Iterator[Item]:
    """The claims that the first one decided, each with its decision and with the one before, which is made again."""
    decided = Item.objects.filter(mass=mass.reverses_id, state=Item.State.DECIDED).order_by("position")
    for item in decided.iterator(chunk_size=ROWS_AT_ONCE):
        yield Item(
            mass=mass,
            claim_id=item.claim_id,
            position=item.position,
            decision_id=item.made_id,
            restored_id=item.decision_id,
        )


def put_back_all(mass: MassAdjustment) -> int:
    """Have every claim previewed again that was not asked for yet; how many are to be previewed now."""
    return _put_back(mass, Item.objects.filter(mass=mass, state__in=(Item.State.CHANGES, Item.State.SAME)))


def put_back_changed(mass: MassAdjustment) -> int:
    """The same for those that would change and were decided anew since they were previewed.

    What a reversal makes again does not depend on that: such a claim is left out of it.
    """
    changing = Item.objects.filter(mass=mass, state=Item.State.CHANGES)
    moved = changing.exclude(claim__current_decision=F("decision"))
    return _put_back(mass, Item.objects.none() if mass.reverses_id else moved)


def _put_back(mass: MassAdjustment, items: QuerySet[Item]) -> int:
    MassAdjustmentLine.objects.filter(of__in=items).delete()
    items.update(state=Item.State.CHOSEN)
    return Item.objects.filter(mass=mass, state=Item.State.CHOSEN).count()


def next_portion(items: QuerySet[Item], size: int) -> list[Item]:
    """The first items in their order, at most `size` unless one patient alone has more; never a part of a patient's."""
    ordered = items.order_by("position").select_related("claim")
    found = list(ordered.defer("claim__billed", "claim__gateway_findings")[: size + 1])
    if len(found) <= size:
        return found
    last = found[-1].claim.beneficiary_id
    if last is None:
        return found[:size]
    whole = [item for item in found if item.claim.beneficiary_id != last]
    return whole or list(ordered.filter(claim__beneficiary=last))


#: What is found out of a claim, and decided about it. Django's own way in bulk takes twenty times as long.
WRITE = """
UPDATE claims_massadjustmentclaim i
   SET state = n.state, sentence = n.sentence, decision_id = n.decision, before = n.before, after = n.after,
       told_digest = n.told, made_id = n.made, came_out_otherwise = n.otherwise, of_other_engine = n.other_engine,
       previewed_otherwise = n.previewed_otherwise
  FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::numeric[], %s::numeric[], %s::text[],
              %s::bigint[], %s::boolean[], %s::boolean[], %s::boolean[])
       AS n(id, state, sentence, decision, before, after, told, made, otherwise, other_engine, previewed_otherwise)
 WHERE i.id = n.id
"""


def write(items: Sequence[Item]) -> None:
    """Write what was found out of these items; one statement."""
    if items:
        columns = zip(*map(_row, items), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [list(column) for column in columns])


def _row(item: Item) -> tuple[object, ...]:
    found = (item.pk, str(item.state), item.sentence, item.decision_id, item.before, item.after, item.told_digest)
    return *found, item.made_id, item.came_out_otherwise, item.of_other_engine, item.previewed_otherwise
