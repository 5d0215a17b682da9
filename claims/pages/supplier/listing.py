"""The list of suppliers: how each stands today, what it lacks, what it will lack soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import DateField, Exists, F, Func, OuterRef, Q, QuerySet

from claims.models.status import ShownChoices
from claims.pages.keyset import Order, Page, Place, page_or_first
from claims.pages.supplier.standing import SOON
from suppliers.models import Accreditation, Enrollment, License, Revocation, Supplier

PAGE_SIZE = 25
Needed = Enrollment | License | Accreditation
BY_NAME = Order(("name", "npi", "id"))


class Stands(ShownChoices):
    """How a supplier stands on a day; `meaning` says what follows."""

    IN_FORCE = "in_force", "In force"
    ENDS_SOON = "ends_soon", "Ends within 60 days"
    LACKING = "lacking", "Something lacks"

    @staticmethod
    def shown() -> dict[str, tuple[str, str, str]]:
        return {
            "in_force": ("circle-check", "pays", "Visits of today can be paid."),
            "ends_soon": ("diamond-alert", "waits", "What ends has nothing after it yet."),
            "lacking": ("octagon-x", "denied", "Visits of today are denied."),
        }


#: What a supplier needs on the day of a visit, what tells rows of a kind apart, and the words where it has none.
NEEDED: dict[str, tuple[type[Needed], tuple[str, ...], str]] = {
    "enrolled": (Enrollment, (), "no enrollment"),
    "licensed": (License, ("state",), "no license"),
    "accredited": (Accreditation, (), "no accreditation"),
}


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier of the list with how it stands, in a few words."""

    supplier: Supplier
    stands: Stands
    words: str


class ListForm(forms.Form):
    """What is searched for, and how the suppliers stand."""

    q = forms.CharField(label="Name, NPI or tax id", required=False, max_length=120)
    stands = forms.ChoiceField(label="Standing today", required=False, choices=[("", "All"), *Stands.choices])

    @property
    def chosen(self) -> dict[str, Any]:
        """What is understood of the form; what is not narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def supplier_list(chosen: dict[str, Any], place: Place, today: dt.date) -> Page[Supplier]:
    """A page of all suppliers by name; one query, whatever is on file about them."""
    suppliers = with_standing(Supplier.objects.all(), today)
    if words := chosen.get("q", "").strip():
        suppliers = suppliers.filter(Q(name__icontains=words) | Q(npi=words) | Q(tin=words.replace("-", "")))
    if stands := chosen.get("stands"):
        suppliers = suppliers.filter(STANDS[stands])
    return page_or_first(suppliers, BY_NAME, PAGE_SIZE, place)


def rows_of(page: Page[Supplier]) -> Iterator[SupplierRow]:
    for supplier in page.rows:
        lacks = list(_lacks(supplier))
        ends = supplier.ends_soon  # type: ignore[attr-defined]
        stands = Stands.LACKING if lacks else Stands.ENDS_SOON if ends else Stands.IN_FORCE
        yield SupplierRow(supplier, stands, ", ".join(lacks))


def _lacks(supplier: Supplier) -> Iterator[str]:
    if supplier.revoked:  # type: ignore[attr-defined]
        yield "privileges revoked"
    for name, (_, _, words) in NEEDED.items():
        if not getattr(supplier, name):
            yield words


def with_standing(suppliers: QuerySet[Supplier], today: dt.date) -> QuerySet[Supplier]:
    """Suppliers with what they have today as `enrolled`, `licensed`, `accredited`, with `revoked` and `ends_soon`."""
    has = {
        name: Exists(model.objects.filter(supplier=OuterRef("pk"), in_force__contains=today))
        for name, (model, _, _) in NEEDED.items()
    }
    ends = Q()
    for model, key, _ in NEEDED.values():
        ends |= Q(Exists(_ending(model, key, today)))
    revoked = Exists(Revocation.objects.filter(supplier=OuterRef("pk"), in_force__contains=today))
    return suppliers.annotate(**has, revoked=revoked, ends_soon=ends)


def _ending(model: type[Needed], key: tuple[str, ...], today: dt.date) -> QuerySet[Any]:
    """Rows of a supplier whose last day comes within 60 days and that no other of the same key follows at once."""
    rows = model.objects.annotate(day_after=Func(F("in_force"), function="upper", output_field=DateField()))
    same = {name: OuterRef(name) for name in ("supplier", *key)}
    follows = model.objects.filter(in_force__contains=OuterRef("day_after"), **same)
    return rows.filter(
        ~Exists(follows), supplier=OuterRef("pk"), day_after__gt=today, day_after__lte=today + SOON + dt.timedelta(1)
    )


#: What each standing asks of the annotations.
LACKING = Q(enrolled=False) | Q(licensed=False) | Q(accredited=False) | Q(revoked=True)
STANDS: dict[str, Q] = {
    Stands.LACKING: LACKING,
    Stands.ENDS_SOON: ~LACKING & Q(ends_soon=True),
    Stands.IN_FORCE: ~LACKING & Q(ends_soon=False),
}
