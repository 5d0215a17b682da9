"""Remittances in words, and the catalogue of edits."""

from __future__ import annotations

import csv
import ctypes
import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog, User
from claims.daily import move_business_date
from claims.edits.registry import EDIT_IDS
from claims.models import Claim, Remittance
from claims.pages.edit_words import IN_SHORT
from policy.models import PartBDeductible
from tests.claims.pages.scene import line

REMITTANCES = reverse("claims:remittances")
Decide = Callable[..., Claim]


@pytest.fixture
def remittance(decided: Decide) -> Remittance:
    """One claim paid in part: a line that pays, a line with a code that is none."""
    decided(lines=[line("G0088", dt.date(2026, 1, 5)), line("99601", dt.date(2026, 1, 6), 100)])
    move_business_date(dt.date(2026, 1, 30))
    return Remittance.objects.get()


def address(remittance: Remittance, name: str = "remittance") -> str:
    return reverse(f"claims:{name}", args=[remittance.pk])


def test_a_remittance_exists_for_staff_and_its_supplier_only(
    staff: Client, billing: Client, outsider: Client, remittance: Remittance
) -> None:
    for client, seen in ((staff, True), (billing, True), (outsider, False)):
        assert [row.pk for row in client.get(REMITTANCES).context["page"].rows] == [remittance.pk] * seen
        for name in ("remittance", "remittance_835", "remittance_pdf", "remittance_csv"):
            assert client.get(address(remittance, name)).status_code == (200 if seen else 404)


def test_the_835_is_downloaded_byte_for_byte(billing: Client, remittance: Remittance) -> None:
    response = billing.get(address(remittance, "remittance_835"))
    assert response.content.decode() == remittance.content
    assert response["Content-Disposition"].startswith('attachment; filename="835-20260130-')


def test_the_pdf_is_tagged_has_title_and_language_and_says_what_is_estimated(
    billing: Client, remittance: Remittance
) -> None:
    content = billing.get(address(remittance, "remittance_pdf")).content
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_value("Title") == f"Remittance {remittance.trace_number} of January 30, 2026"
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    buffer = ctypes.create_string_buffer(32)
    pypdfium2.raw.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 32)
    assert buffer.raw.decode("utf-16-le").startswith("en-US")
    text = document[0].get_textpage().get_text_range()
    assert "198.76" in text
    assert "Estimated amounts" in text


def test_the_csv_has_a_row_a_line_and_exact_amounts(billing: Client, remittance: Remittance) -> None:
    response = billing.get(address(remittance, "remittance_csv"))
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert [(row["Line"], row["Charge"], row["Paid"]) for row in rows] == [
        ("1", "400.00", "198.76"),
        ("2", "100.00", "0.00"),
    ]
    assert sum(Decimal(row["Paid"]) for row in rows) == remittance.paid_amount
    assert rows[1]["Adjustments"] == "CO-16 100.00"
    assert rows[0]["Basis"] == "estimated"
    assert response["Content-Disposition"].startswith('attachment; filename="remittance-20260130-')


def test_no_cell_of_the_csv_is_a_formula(billing: Client, decided: Decide) -> None:
    decided(patient_control_number="=1+1", patient_last_name="Evans", patient_first_name="@SUM(A1)")
    move_business_date(dt.date(2026, 1, 30))
    response = billing.get(address(Remittance.objects.get(), "remittance_csv"))
    (row,) = csv.DictReader(io.StringIO(response.content.decode()))
    assert row["Your number"] == "'=1+1"


def test_each_adjustment_is_said_in_our_own_words(billing: Client, remittance: Remittance) -> None:
    response = billing.get(address(remittance))
    (claim,) = response.context["page"].claims
    pays, denied = claim.lines
    assert [code.code for code in pays.codes] == ["CO-45", "PR-2", "CO-253"]
    assert [code.code for code in denied.codes] == ["CO-16", "M51"]
    assert all(code.meaning for shown in claim.lines for code in shown.codes)
    for shown in claim.lines:
        assert shown.line.charge == shown.line.paid + sum(code.amount for code in shown.codes if code.amount)
    text = response.content.decode()
    assert "Charge is above the amount allowed" in text
    assert "Estimated amounts" in text


def test_money_paid_without_a_deductible_on_file_is_marked(staff: Client, decided: Decide) -> None:
    """A year without a row takes no deductible; the claim and the remittance say so, the 835 cannot."""
    PartBDeductible.objects.filter(in_force__contains=dt.date(2026, 1, 1)).delete()
    claim = decided(lines=[line("G0088", dt.date(2026, 1, 5))])
    move_business_date(dt.date(2026, 1, 30))
    words = "No deductible is on file for 2026: none was taken."
    for page in (reverse("claims:claim", args=[claim.icn]), address(Remittance.objects.get())):
        assert words in staff.get(page).content.decode()


def test_a_deductible_that_is_used_up_is_not_one_that_is_missing(staff: Client, remittance: Remittance) -> None:
    (paid,) = Claim.objects.all()
    for page in (reverse("claims:claim", args=[paid.icn]), address(remittance)):
        assert "No deductible is on file" not in staff.get(page).content.decode()


def test_a_look_at_a_remittance_is_a_look_at_its_claims(
    billing: Client, remittance: Remittance, supplier_person: User
) -> None:
    billing.get(address(remittance))
    logged = AccessLog.objects.get(person=supplier_person)
    assert (logged.about_id, logged.page) == (str(Claim.objects.get().pk), "Remittance")


#: Session, person; the remittance, its decisions, their lines, what review made of them, their remedies; the
#: publication; the log.
QUERIES = 12


def test_the_number_of_queries_does_not_depend_on_the_claims(staff: Client, decided: Decide) -> None:
    for day, claims in ((dt.date(2026, 1, 20), 1), (dt.date(2026, 1, 21), 3)):
        for _ in range(claims):
            decided(lines=[line("99601", dt.date(2026, 1, 5))])
        move_business_date(day)
    small, large = Remittance.objects.order_by("payment_day")
    assert (small.claim_count, large.claim_count) == (1, 3)
    staff.get(address(small))
    for remittance in (small, large):
        with CaptureQueriesContext(connection) as queries:
            staff.get(address(remittance))
        assert len(queries) == QUERIES


# ---------- edits ----------


def test_every_edit_stands_in_the_catalogue_and_has_a_short_name() -> None:
    assert tuple(IN_SHORT) == EDIT_IDS


def test_the_catalogue_says_what_each_edit_does_today_and_how_often_it_fired(staff: Client, decided: Decide) -> None:
    decided(lines=[line("99601", dt.date(2026, 1, 5)), line("99601", dt.date(2026, 1, 6))])
    staff.get(reverse("claims:edits"))
    with CaptureQueriesContext(connection) as queries:
        response = staff.get(reverse("claims:edits"))
    assert len(queries) == 5
    shown = {each.edit.id: each for each in response.context["edits"]}
    assert tuple(shown) == EDIT_IDS
    assert (shown["HIT-103"].does, shown["HIT-103"].fired) == ("Denies", 1)
    assert (shown["HIT-501"].does, shown["HIT-501"].fired) == ("Holds", 0)
    assert shown["HIT-501"].remedy == "A category … drug bill dated … to …, paid by DME."
    text = response.content.decode()
    assert f"{reverse('claims:worklist')}?edit=HIT-103" in text
    assert "Inferred" in text


def test_suppliers_do_not_see_how_often_edits_fire(billing: Client) -> None:
    assert billing.get(reverse("claims:edits")).status_code == 403
