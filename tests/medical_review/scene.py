"""The scene of medical review: claims that wait for a reviewer, cases on which everything is answered."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from beneficiaries.models import Document
from claims.adjudication.queue import adjudicate_all
from claims.models import Claim
from medical_review.actions.assigning import take
from medical_review.actions.opening import open_due_cases
from medical_review.actions.writing import answer_line, answer_point
from medical_review.checklist import checklist_on
from medical_review.models import Answer, Case, LineVerdict
from policy import clock, readers
from policy.tables import Dated, PolicyTables, SettingRow
from tests.claims.pages.scene import TODAY, line
from tests.factories.policy import load_small_tables
from tests.factories.world import World, base_world

__all__ = ["case", "incomplete", "payable", "suspended"]

FIRST, SECOND_VISIT = dt.date(2026, 1, 5), dt.date(2026, 1, 7)


def set_the_scene() -> None:
    """No share of cases goes to another reviewer by chance: what a test sees depends on no case's number."""
    load_small_tables(
        ("second_review_share,0.10,", "second_review_share,0.00,"),
        ("blind_review_share,0.05,", "blind_review_share,0.00,"),
    )
    clock.set_today(TODAY)


@pytest.fixture
def incomplete(db: None) -> Iterator[World]:
    """The base world with a plan of care that leaves out its duration and discipline: HIT-404 suspends."""
    set_the_scene()
    yield base_world(plan={"incomplete": True})
    readers.forget()


@pytest.fixture
def payable(db: None) -> Iterator[World]:
    """The base world, whose claims pay."""
    set_the_scene()
    yield base_world()
    readers.forget()


@pytest.fixture
def suspended(incomplete: World) -> Claim:
    """A claim of an initial and a subsequent visit that waits for a reviewer."""
    return decide(incomplete.claim(lines=[line("G0088", FIRST), line("G0068", SECOND_VISIT)]))


@pytest.fixture
def case(suspended: Claim, reviewer: User) -> Case:
    """Its case, in review by the reviewer."""
    open_due_cases()
    return take(Case.objects.get(), reviewer, by=reviewer)


def decide(claim: Claim) -> Claim:
    adjudicate_all()
    return Claim.objects.get(pk=claim.pk)


def document_of(case: Case, content: bytes, pages: int, name: str = "record.pdf") -> Document:
    """A document of the record of a case, its bytes in the storage."""
    assert case.claim.beneficiary_id is not None
    assert case.claim.supplier_id is not None
    document = Document(
        beneficiary_id=case.claim.beneficiary_id,
        supplier_id=case.claim.supplier_id,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        kind=Document.Kind.PDF,
        name=name,
        pages=pages,
        scan=Document.Scan.CLEAN,
        sent_by=User.objects.order_by("pk")[0],
        sent_on=clock.today(),
    )
    if not default_storage.exists(document.path):
        default_storage.save(document.path, ContentFile(content))
    document.save()
    return document


def answer_all(case: Case, by: User, lacking: int = 9) -> None:
    """Every point met on page 3 but one, which is not met."""
    for point in checklist_on(FIRST):
        is_met = point.number != lacking
        answer = Answer.MET if is_met else Answer.NOT_MET
        answer_point(case, point.number, answer, page="3", note="" if is_met else "The date is missing.", by=by)


def say(case: Case, by: User, number: int, verdict: str, code: str = "", point: int = 9) -> None:
    points = () if verdict == LineVerdict.AFFIRM else (point,)
    answer_line(case, case.claim.lines.get(number=number), verdict, code=code, points=points, by=by)


def ready(case: Case, by: User, *verdicts: str, codes: tuple[str, ...] = ("G0068", "")) -> Case:
    """The case with all its points answered and a verdict on each line."""
    answer_all(case, by)
    for number, verdict in enumerate(verdicts, 1):
        say(case, by, number, verdict, codes[number - 1] if verdict == LineVerdict.ADJUST else "")
    return case


def limited(person: User, limit: Decimal) -> User:
    person.amount_limit = limit
    person.save(update_fields=["amount_limit"])
    return person


def with_settings(tables: PolicyTables, **values: str) -> PolicyTables:
    """The tables with these settings alone."""
    since = dt.date(2019, 1, 1)
    rows = [(name, SettingRow("case", name, value, since, None, "inferred")) for name, value in values.items()]
    return replace(tables, settings=Dated(rows))
