"""The scene of records: a case on which two documents are asked for, and files to answer with."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter

from accounts.models import User
from medical_review.models import Case, RecordsRequest
from medical_review.requests.asking import ask, slots_for
from medical_review.requests.catalogue import askable_about
from policy import clock
from tests.claims.pages.scene import act_for

__all__ = ["asked", "billing", "outsider"]


@pytest.fixture
def billing(case: Case, supplier_person: User) -> Client:
    """A browser of the supplier that is asked."""
    assert case.supplier is not None
    act_for(supplier_person, case.supplier)
    return signed_in(supplier_person)


@pytest.fixture
def outsider(case: Case, other_supplier_person: User) -> Client:
    """A browser of somebody who acts for another supplier."""
    from tests.factories.suppliers import SupplierFactory

    act_for(other_supplier_person, SupplierFactory(npi="1999999984", tin="529999999", name="Other Infusion"))
    return signed_in(other_supplier_person)


@pytest.fixture
def asked(case: Case, reviewer: User) -> RecordsRequest:
    return ask_for(case, reviewer)


def ask_for(case: Case, by: User, *codes: str) -> RecordsRequest:
    """Asks for the visit notes of both days and the change orders, unless told."""
    wanted = [each for each in askable_about([case.claim]) if each.code in (codes or ("visit_note", "change_orders"))]
    return ask([case], slots_for([case], wanted, ()), why="Times are not shown.", by=by)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def a_pdf(words: str = "note", name: str = "note.pdf") -> SimpleUploadedFile:
    """A small PDF, each text giving other bytes."""
    writer = PdfWriter()
    writer.add_blank_page(width=612, height=792)
    writer.add_metadata({"/Title": words})
    content = io.BytesIO()
    writer.write(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")


def send(client: Client, request: RecordsRequest, **fields: object) -> str:
    """What the page says after a go; fields are named `files_1` for the first document."""
    data = {re.sub(r"_(?=\d)", "-", name): value for name, value in fields.items()}
    return client.post(reverse("review:send_records", args=[request.pk]), data, follow=True).content.decode()


def finish(client: Client, request: RecordsRequest) -> str:
    return client.post(reverse("review:finish_answer", args=[request.pk]), follow=True).content.decode()


def on_day(request: RecordsRequest, day: int) -> dt.date:
    """Moves the business date to so many days after the request."""
    moved = request.asked_on + dt.timedelta(days=day)
    clock.set_today(moved)
    return moved
