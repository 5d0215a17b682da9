"""Matching papers with their claim by control number, NPI and MBI, in both orders of arrival."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.actions import Actor, record_event
from accounts.models import Role, User
from beneficiaries.readers import people_with_mbis
from claims.edits.wording import in_words
from claims.models import AnnouncedAttachment, Attachment, Claim, ClaimStatus
from claims.precheck.looks import look_by_number
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from suppliers.models import Supplier
from suppliers.rights import Right

#: Who matches papers that came before their claim.
THE_MATCHING = "the matching of papers"


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the cover of papers; `control_number` may be the number of the claim itself."""

    control_number: str
    npi: str
    mbi: str
    service_day: dt.date


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where papers go: the supplier and the patient, and the claim if it is there."""

    supplier: Supplier
    beneficiary_id: int
    claim: Claim | None


def addressee_of(cover: Cover, by: User) -> Addressee:
    """Where papers with this cover go. Refuses a wrong field by its name; nothing is said of what it should be.

    Only claims of suppliers for whom the sender may send records are looked at.
    """
    suppliers = list(Supplier.objects.allowing(by, Right.RECORDS).filter(npi=cover.npi).order_by("pk"))
    if not suppliers:
        raise Refused(_no_supplier(by), "not_yours", "npi")
    claims = list(claims_under(cover.control_number, suppliers))
    return _of_claim(cover, claims) if claims else _ahead_of_claim(cover, suppliers, by)


def _no_supplier(by: User) -> str:
    if by.role == Role.SUPPLIER:
        return "This NPI is of no supplier for which you send records."
    return "No supplier with this NPI is on file."


def claims_under(control_number: str, suppliers: Collection[Supplier]) -> QuerySet[Claim]:
    """The claims of suppliers that announce a control number, or have it as their own, the latest first."""
    announced = AnnouncedAttachment.objects.filter(control_number=control_number, claim__supplier__in=suppliers)
    named = Q(pk__in=list(announced.values_list("claim", flat=True))) | Q(icn=control_number)
    claims = Claim.objects.filter(named, supplier__in=suppliers, is_test=False).exclude(status=ClaimStatus.VOIDED)
    return claims.select_related("supplier").order_by("-arrival")


def _of_claim(cover: Cover, claims: Sequence[Claim]) -> Addressee:
    person = people_with_mbis({cover.mbi}).get(cover.mbi)
    of_patient = [claim for claim in claims if cover.mbi == claim.mbi or (person and claim.beneficiary_id == person)]
    if not of_patient:
        raise Refused(_disagrees("Medicare number"), "mismatch", "mbi")
    found = next((claim for claim in of_patient if _is_billed(cover.service_day, claim)), None)
    if found is None:
        raise Refused(_disagrees("day of service"), "mismatch", "service_day")
    patient = found.beneficiary_id or person
    if patient is None:
        raise Refused("No patient with this Medicare number is on file. Look at the Medicare card.", "unknown", "mbi")
    assert found.supplier is not None
    return Addressee(found.supplier, patient, found)


def _disagrees(what: str) -> str:
    return f"This {what} is not the one billed under this control number. Compare both with your claim."


def _is_billed(day: dt.date, claim: Claim) -> bool:
    return bool(claim.first_day and claim.last_day and claim.first_day <= day <= claim.last_day)


def _ahead_of_claim(cover: Cover, suppliers: Sequence[Supplier], by: User) -> Addressee:
    """Papers whose claim is still to come: they are kept with the patient whose Medicare number stands on them."""
    if len(suppliers) > 1:
        sentence = "Several suppliers have this NPI and no claim has this control number yet. Send the claim first."
        raise Refused(sentence, "ambiguous", "npi")
    (supplier,) = suppliers
    number = _patient_with(cover.mbi, supplier, by)
    if number is None:
        raise Refused("No patient with this Medicare number is on file. Look at the Medicare card.", "unknown", "mbi")
    return Addressee(supplier, number, None)


def _patient_with(mbi: str, supplier: Supplier, by: User) -> int | None:
    if by.role != Role.SUPPLIER:
        return people_with_mbis({mbi}).get(mbi)
    return look_by_number(supplier, mbi, by=by, on=clock.today(), tables=tables_as_known())


@transaction.atomic
def match_waiting(claims: Iterable[int] | None = None) -> int:
    """Give papers that wait to the claims that announce them: to these, or to all; how many.

    What stands on the cover must agree in all: control number, supplier, patient, day of service. One query, and some
    for each that waits.
    """
    announced = AnnouncedAttachment.objects.filter(
        control_number=OuterRef("control_number"), claim__supplier=OuterRef("supplier")
    )
    if claims is not None:
        announced = announced.filter(claim__in=list(claims))
    waiting = Attachment.objects.filter(Exists(announced), claim=None)
    locked = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("supplier")
    return sum(_match(each) for each in locked)


def _match(attachment: Attachment) -> bool:
    cover = Cover(attachment.control_number, attachment.npi, attachment.mbi, attachment.service_day)
    try:
        found = _of_claim(cover, list(claims_under(cover.control_number, [attachment.supplier])))
    except Refused:
        # Another claim under the same number: these papers go on waiting for their own.
        return False
    assert found.claim is not None
    attachment.claim = found.claim
    attachment.save(update_fields=["claim"])
    tell(attachment, by=THE_MATCHING, what="that had come before it")
    return True


def tell(attachment: Attachment, *, by: Actor, what: str) -> None:
    """Write down that papers are with their claim, or wait for it, on the record of either."""
    words = f"Papers {what} under control number {attachment.control_number}, {attachment.number}"
    came = f"came on {in_words(attachment.came_on)}, {attachment.get_source_display().lower()}"
    record_event(
        "attachment_received" if isinstance(by, User) else "attachment_matched",
        by=by,
        on=clock.today(),
        about=attachment.claim or attachment,
        sentence=f"{words}: {came}{'; no claim has this number yet' if attachment.is_waiting else ''}.",
    )
