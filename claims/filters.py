"""The filters of claims, one set for the worklist and for the API."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from accounts.models import Role
from claims.edits.registry import EDIT_IDS
from claims.inventory.claim_days import first_met
from claims.inventory.filters import MET, InventoryFilters, Naming
from claims.inventory.on_the_clock import on_clock_parts
from claims.models import Claim, ClaimDraft, ClaimLine, ClaimStatus
from claims.pages.keyset import Order, Place, first_of_parts
from claims.pages.search import MOST_NAMED, Found, kept_search, search_for

#: Bands of age in days since receipt, both ends included.
AGES: dict[str, tuple[int, int | None]] = {
    "0-15": (0, 15),
    "16-30": (16, 30),
    "31-45": (31, 45),
    "46-60": (46, 60),
    "61-": (61, None),
}
AGE_WORDS = (("0-15", "0–15"), ("16-30", "16–30"), ("31-45", "31–45"), ("46-60", "46–60"), ("61-", "Over 60"))

#: The orders of claims, each total, with the words for them.
ORDERS: dict[str, tuple[str, Order]] = {
    "received_on": ("Oldest first", Order(("received_on", "arrival", "id"))),
    "-received_on": ("Newest first", Order(("received_on", "arrival", "id"), is_descending=True)),
    "total_charge": ("Smallest charge first", Order(("total_charge", "id"))),
    "-total_charge": ("Largest charge first", Order(("total_charge", "id"), is_descending=True)),
    "icn": ("By claim number", Order(("number", "id"))),
    "-icn": ("By claim number, from the last", Order(("number", "id"), is_descending=True)),
}

DAY_FORMATS = ("%m/%d/%Y", "%Y-%m-%d")


class TextsField(forms.MultipleChoiceField):
    """Several texts of one form, out of no list."""

    def __init__(self, *, form: str, **options: Any) -> None:
        super().__init__(**options)
        self._fits = re.compile(form).fullmatch

    def valid_value(self, value: Any) -> bool:
        return self._fits(str(value)) is not None


class TextsFilter(filters.MultipleChoiceFilter):
    field_class = TextsField


class DayFilter(filters.DateFilter):
    """A day as month/day/year, or in ISO form."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"input_formats": DAY_FORMATS, **options})


class ClaimFilter(InventoryFilters):
    """What a list of claims may be narrowed by. Values of one filter widen it, different filters narrow it.

    `number`, by which claims are ordered, is the claim number, or "" for a claim without one.

    Test claims are a list of their own (`test=true`). Claims that the gateway rejected were never accepted and are in
    the list only when their status is asked for.
    """

    status = filters.MultipleChoiceFilter(label="Status", choices=ClaimStatus.choices, distinct=False)
    edit = filters.MultipleChoiceFilter(
        label="Edit that fired", choices=[(edit, edit) for edit in EDIT_IDS], method="with_edits"
    )
    code = TextsFilter(label="Visit code", form=r"[A-Za-z0-9]{1,10}", method="leave")
    supplier = TextsFilter(label="Supplier’s NPI", field_name="supplier__npi", form=r"\d{10}", distinct=False)
    age = filters.MultipleChoiceFilter(label="Days since receipt", choices=AGE_WORDS, method="of_age")
    received_from = DayFilter(label="Received from", field_name="received_on", lookup_expr="gte")
    received_to = DayFilter(label="Received to", field_name="received_on", lookup_expr="lte")
    visit_from = DayFilter(label="Visit from", method="leave")
    visit_to = DayFilter(label="Visit to", method="leave")
    charge_from = filters.NumberFilter(label="Charge from", field_name="total_charge", lookup_expr="gte")
    charge_to = filters.NumberFilter(label="Charge to", field_name="total_charge", lookup_expr="lte")
    assigned = filters.ChoiceFilter(
        label="Assigned to", choices=[("me", "Me"), ("nobody", "Nobody")], method="of_examiner"
    )
    file = filters.NumberFilter(label="File", field_name="file_id")
    control = filters.CharFilter(label="Patient control number", field_name="patient_control_number", max_length=38)
    to_do = filters.BooleanFilter(label="With something to do", method="with_something_to_do")
    test = filters.BooleanFilter(label="Test claims", method="leave")

    class Meta:
        model = Claim
        fields: Sequence[str] = ()

    @property
    def may_hold_rejected(self) -> bool:
        return bool(self.values.get("to_do")) or ClaimStatus.REJECTED in (self.values.get("status") or ())

    def first_in_order(self, order: Order, place: Place, size: int) -> set[int]:
        """Claims among which are the first `size` behind a place, where the database would walk long to find them.

        That is so of days of deciding and paying, and of the clock: who was received first was decided first, so that
        the claims meant lie far from both ends of the order of receipt. Empty for other filters and orders. Raises
        `BadCursor`.
        """
        asked = [(name, value) for name, value in self.values.items() if value]
        if len(asked) != 1 or order.fields[0] != "received_on" or self.request.user.role == Role.SUPPLIER:
            return set()
        ((name, value),) = asked
        if name in MET:
            return first_met(MET[name], value, order, place, size)
        if name == "clock":
            parts = [part.filter(is_test=False) for part in on_clock_parts(self.today, value.first, value.last)]
            return first_of_parts(parts, order, place, size)
        if name == "stuck" and self.are_many_stuck:
            return first_of_parts([self.found_stuck(value)], order, place, size)
        return set()

    def filter_queryset(self, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        return self.narrowed(queryset)

    def narrowed(self, claims: QuerySet[Claim], but: str = "", *, to_count: bool = False) -> QuerySet[Claim]:
        """The claims that every filter lets through; `but` leaves one filter out, for the counts beside its values.

        They are the same `to_count`, asked for in another way.
        """
        for name, value in self.values.items():
            if name != but:
                claims = self.filters[name].filter(claims, value)
        claims = claims.filter(is_test=bool(self.values.get("test")))
        if not self.may_hold_rejected and but != "status":
            claims = claims.exclude(status=ClaimStatus.REJECTED)
        for naming in (self._lines(but), self.denials()):
            claims = claims.filter(naming.condition(to_count=to_count)) if naming else claims
        return self.numbered(claims)

    def numbered(self, claims: QuerySet[Claim]) -> QuerySet[Claim]:
        """With the number that claims are ordered by."""
        return claims.annotate(number=Coalesce("icn", Value("")) if self.may_hold_rejected else F("icn"))

    def _lines(self, but: str) -> Naming | None:
        """The lines of a claim that have both the code and the day that were asked for; none when neither was."""
        values = {name: self.values.get(name) for name in ("code", "visit_from", "visit_to") if name != but}
        asked = {
            "hcpcs__in": [code.upper() for code in values.get("code") or ()],
            "date_of_service__gte": values.get("visit_from"),
            "date_of_service__lte": values.get("visit_to"),
        }
        conditions: dict[str, Any] = {lookup: value for lookup, value in asked.items() if value}
        if not conditions:
            return None
        one_code = list(conditions) == ["hcpcs__in"] and len(conditions["hcpcs__in"]) == 1
        return Naming(ClaimLine.objects.filter(**conditions), of_one_value=one_code)

    def with_edits(self, claims: QuerySet[Claim], name: str, value: list[str]) -> QuerySet[Claim]:
        return claims.filter(edits__overlap=value).exclude(edits=[])

    def of_age(self, claims: QuerySet[Claim], name: str, value: list[str]) -> QuerySet[Claim]:
        bands = Q()
        for band in value:
            youngest, oldest = AGES[band]
            bands |= Q(received_on__lte=self._days_ago(youngest)) & (
                Q(received_on__gte=self._days_ago(oldest)) if oldest is not None else Q()
            )
        return claims.filter(bands)

    def _days_ago(self, days: int) -> dt.date:
        return self.today - dt.timedelta(days=days)

    def of_examiner(self, claims: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        return claims.filter(assigned_to=None if value == "nobody" else self.request.user)

    def with_something_to_do(self, claims: QuerySet[Claim], name: str, value: bool) -> QuerySet[Claim]:
        """Where the next step is the supplier's: denied or refused, held for a drug bill, or a correction begun."""
        if not value:
            return claims
        statuses = (ClaimStatus.DENIED, ClaimStatus.REJECTED, ClaimStatus.ON_HOLD)
        begun = ClaimDraft.objects.open().filter(corrects=OuterRef("pk"))
        return claims.filter(Q(status__in=statuses) | Exists(begun))


class WorklistFilter(ClaimFilter):
    """The filters of the page: with what was typed into the search box, which the session keeps."""

    search = filters.CharFilter(label="Search", method="found")

    @cached_property
    def search_words(self) -> str:
        key = self.values.get("search")
        return kept_search(self.request.session, key) if key else ""

    @property
    def may_hold_rejected(self) -> bool:
        return bool(self.values.get("search")) or super().may_hold_rejected

    def found(self, claims: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        """The claims that the kept words mean; none when they are no longer kept, so that no other list stands in."""
        return claims.filter(self.search_found.condition) if self.search_words else claims.none()

    @cached_property
    def search_found(self) -> Found:
        return search_for(self.search_words, self.request.user)

    @property
    def search_chip(self) -> str:
        """The words of a search as a chip has them, with what is missing."""
        if not self.search_words:
            return "no longer kept, search again"
        cut = f" (the first {MOST_NAMED} of that name; add a first name)" if self.search_found.is_cut else ""
        return self.search_words + cut
