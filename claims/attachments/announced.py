"""Papers that claims announce: kept as the claim is received, and how long a review waits for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from claims.intake.x12.claim_837p import Attachment, ClaimSubmission
from claims.models import AnnouncedAttachment, ClaimStatus
from policy.tables import PolicyTables

if TYPE_CHECKING:
    # The store of claims calls this module.
    from claims.intake.store import StoredClaim

Way = AnnouncedAttachment.Way

#: The dated settings of the days to wait, by the day of receipt, with what holds where none is published: "submit
#: within 7 calendar days when faxed or electronic, 10 when mailed" (CMS MLN WBT 1450 lesson 5).
ELECTRONIC_DAYS = ("attachment_days_electronic", "7")
MAILED_DAYS = ("attachment_days_mailed", "10")


def waited_until(way: str, received_on: dt.date, tables: PolicyTables) -> dt.date:
    """The last day on which papers are waited for that a claim received on a day announces."""
    name, usual = MAILED_DAYS if way == Way.MAIL else ELECTRONIC_DAYS
    return received_on + dt.timedelta(days=int(tables.setting_on(name, received_on, usual)))


def announced_by(stored: Iterable[StoredClaim]) -> list[AnnouncedAttachment]:
    """The rows of what accepted claims announce, not written yet; tests and claims that take back another have none."""
    waiting = (each for each in stored if each.status == ClaimStatus.QUEUED and not each.origin.is_test)
    return [
        AnnouncedAttachment(
            claim_id=each.id,
            line=line,
            control_number=found.control_number[:50],
            report_type=found.report_type[:2],
            way=found.transmission,
        )
        for each in waiting
        for line, found in _sent_apart(each.reading.submission)
    ]


def _sent_apart(claim: ClaimSubmission) -> Iterator[tuple[int | None, Attachment]]:
    """The PWK segments whose papers come apart, with the number of the line that they are about."""
    everywhere = [(None, claim.attachments), *((line.number, line.attachments) for line in claim.lines)]
    for number, attachments in everywhere:
        for each in attachments:
            if each.transmission in Way.values and each.control_number:
                yield number, each
