"""Keying a claim from paper: read by the gateway's own rules, stored as any other claim, queued to be decided."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction

from accounts.actions import record_event
from accounts.models import IdempotencyKey, Role, User
from claims.authority import check_role
from claims.edits.wording import dollars, in_words
from claims.intake.originals import REPLACES, THE_SUPPLIER, find_originals, take_their_places
from claims.intake.store import Origin, store_claims
from claims.intake.x12.findings import GatewayFinding
from claims.intake.x12.reading import ClaimReading, read_claims, read_file
from claims.models import Claim
from claims.nudge import nudge_after_commit
from claims.paper.cms_1500 import PaperClaim, as_837p
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused

#: Who keys paper claims.
KEYS_PAPER = (Role.EXAMINER,)


class NotAccepted(Exception):
    """What the gateway finds wrong with a claim; nothing was stored."""

    def __init__(self, findings: Sequence[GatewayFinding]) -> None:
        super().__init__("; ".join(finding.edit_id for finding in findings))
        self.findings = tuple(findings)


@transaction.atomic
def key_claim(paper: PaperClaim, *, token: str, by: User, is_correction: bool = False) -> Claim:
    """Store the claim as it came on paper and put it into the queue.

    A correction (frequency 7, of what was keyed wrongly) is taken in whether or not suppliers may replace claims.

    `token` names the form that was filled in: the same form sent again gives the same claim. Raises `NotAccepted` with
    what the gateway finds, and `Refused` for a day of receipt still to come or a form that made another claim.
    """
    check_role(KEYS_PAPER, by)
    if paper.received_on > clock.today():
        raise Refused(
            "The day of receipt is still to come. Give the day stamped on the paper.", "to_come", "received_on"
        )
    key, is_new = IdempotencyKey.objects.get_or_create(
        user=by, key=f"paper {token}"[:100], defaults={"request_hash": hash_of(paper)}
    )
    if not is_new:
        return keyed_before(key, paper)
    claim = store(paper, by, is_correction=is_correction)
    key.response_status, key.response_body = 201, str(claim.icn)
    key.save(update_fields=["response_status", "response_body"])
    return claim


def keyed_before(key: IdempotencyKey, paper: PaperClaim) -> Claim:
    """The claim that this form made."""
    if key.request_hash != hash_of(paper):
        raise Refused(
            f"This form already made claim {key.response_body}. Open an empty form to key another claim.", "form_reused"
        )
    return Claim.objects.get(icn=key.response_body)


def store(paper: PaperClaim, by: User, *, is_correction: bool) -> Claim:
    origin = Origin(None, None, paper.received_on, is_test=False, keyed=what_was_keyed(paper, by))
    originals = find_originals([accepted(read(paper, is_correction=is_correction))], origin)
    accepted(originals.claims[0])
    stored = store_claims(originals.claims, origin, originals.ids)
    take_their_places(stored, originals, by if is_correction else THE_SUPPLIER)
    claim = Claim.objects.get(pk=stored[0].id)
    record_event(
        "claim_keyed",
        by=by,
        on=clock.today(),
        about=claim,
        sentence=f"Keyed from paper received on {in_words(claim.received_on)}: {dollars(claim.total_charge)} charged.",
    )
    nudge_after_commit()
    return claim


def read(paper: PaperClaim, *, is_correction: bool = False) -> ClaimReading:
    """The claim as the gateway reads it, with what it finds."""
    payer = settings.CONTRACTOR
    content = as_837p(paper, str(payer["name"]), str(payer["interchange_id"]))
    frequencies = tables_as_known().setting_on("accepted_frequencies", paper.received_on, "1").split()
    frequencies += [REPLACES] if is_correction else []
    (transaction_set,) = read_file(content).readable_sets()
    (claim,) = read_claims(transaction_set, frozenset(frequencies))
    return claim


def accepted(claim: ClaimReading) -> ClaimReading:
    if not claim.is_accepted:
        raise NotAccepted(claim.findings)
    return claim


def what_was_keyed(paper: PaperClaim, by: User) -> Mapping[str, Any]:
    """The original of a claim on paper: every value as it was keyed, by whom and when."""
    return {"by": str(by), "by_id": by.pk, "on": clock.today(), "values": asdict(paper)}


def hash_of(paper: PaperClaim) -> str:
    return hashlib.sha256(orjson.dumps(asdict(paper), default=str)).hexdigest()
