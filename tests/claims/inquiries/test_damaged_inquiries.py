"""Damaged 270 and 276 files: nothing raises, and every answer can be read again; 10,000 files under HIT_PROOF=1."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from accounts.models import User
from claims.inquiries import answer_271, answer_277
from claims.inquiries.asking import Told, WhyNot
from claims.inquiries.finding import Found
from claims.inquiries.receiving import Inquiries, read_inquiries
from claims.inquiries.status_codes import NOT_FOUND
from claims.intake.receive import Receipt
from claims.intake.x12.acknowledge_999 import write_999
from claims.intake.x12.reading import read_file
from claims.intake.x12.readings import InterchangeReading
from claims.intake.x12.words import account_of
from claims.pages.answers import TELLERS, _segments
from tests.claims.inquiries.files import eligibility, eligibility_of, patient, status
from tests.claims.intake.x12.answering import NOW, US
from tests.claims.intake.x12.mutate import damaged
from tests.claims.pages.scene import act_for
from tests.factories.world import World

COUNT = 10_000 if os.environ.get("HIT_PROOF") else 400
DEPENDENT = "HL*4*2*22*1~\nNM1*IL*1*ROE*JAN~\nHL*5*4*23*0~\nTRN*1*D*9SYNTHETIC~\nNM1*03*1*ROE*ROY~\nEQ*30~\n"
BASES = (
    eligibility([{}, {"surname": "ROE"}]),
    eligibility_of(patient(3) + DEPENDENT),
    status("REF*1K*0226016000001~ AMT*T3*400~", "REF*EJ*A~ DTP*472*RD8*20260101-20260131~"),
    eligibility(control_number=3) + status("DTP*472*D8*20260105~"),
)


def answers_to(reading: InterchangeReading, inquiries: Inquiries) -> list[bytes]:
    """The answers of an interchange, with nobody found."""
    nobody, nothing = Told(None, WhyNot.NOT_FOUND), Found((), NOT_FOUND)
    written = []
    if reading.needs_999:
        written.append(write_999(reading, inquiries.outcomes(), US, 401, NOW))
    if inquiries.eligibility:
        sets = [
            answer_271.AnsweredSet(found, [(each, nobody if each.asks else None) for each in asked])
            for found, asked in inquiries.eligibility
        ]
        written.append(answer_271.write_271(reading, sets, US, 402, NOW))
    if inquiries.status:
        patients = [
            (found, [answer_277.AnsweredPatient(each, [(one, nothing) for one in each.inquiries]) for each in asked])
            for found, asked in inquiries.status
        ]
        sets_276 = [answer_277.AnsweredSet(found, asked) for found, asked in patients]
        written.append(answer_277.write_277(reading, sets_276, US, 403, NOW))
    return written


@pytest.mark.proof
def test_damaged_files_are_borne() -> None:
    answered = 0
    for seed in range(COUNT):
        file = read_file(damaged(seed, BASES))
        for reading in file.interchanges:
            inquiries = read_inquiries((reading,))
            for content in answers_to(reading, inquiries):
                (again,) = read_file(content).interchanges
                assert not again.errors, (seed, again.errors)
                counts = [error for group in again.groups for each in group.sets for error in each.errors]
                assert not {"2", "3", "4"} & set(counts), (seed, counts)
                answered += 1
            account_of(file, inquiries.outcomes(), {}, inquiries.count)
    assert answered > COUNT // 2


@pytest.mark.proof
@pytest.mark.django_db
def test_damaged_files_are_received_and_answered(
    world: World, supplier_person: User, sent: Callable[..., Receipt]
) -> None:
    act_for(supplier_person, world.supplier)
    for seed in range(COUNT // 10):
        for answer in sent(damaged(seed, BASES), f"{seed}.x12").answers:
            assert all(TELLERS[answer.kind](_segments(answer.content))), seed


def test_days_that_end_before_they_begin_are_no_days() -> None:
    content = status("DTP*472*RD8*20260131-20260101~")
    ((_, (asked,)),) = read_inquiries(read_file(content).interchanges).status
    assert asked.inquiries[0].days is None
