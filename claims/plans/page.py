"""What the pages of plans of care show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from accounts.models import Event, Role, User
from accounts.readers import events_about
from beneficiaries.documents.readers import DocumentShown, documents_shown
from beneficiaries.models import PlanDraft, PlanOfCare, PlanOfCareVersion, PlanReview
from beneficiaries.plans.content import PlanContent, content_of
from beneficiaries.plans.readers import (
    PlanAsOf,
    in_force,
    lapsing,
    plan_as_of,
    plans_with_dates,
    review_due,
)
from claims.edits.wording import days, in_words
from claims.pages.keyset import Order, Page, Place, page_or_first
from claims.plans.completeness import Completeness, completeness_of, visits_in_words
from claims.plans.forms import PlanForm
from policy import clock
from policy.readers import tables_as_known
from policy.tables import PolicyTables
from suppliers.rights import Right, may

LATEST_FIRST = Order(("id",), is_descending=True)
PAGE_SIZE = 30

#: What the list can be narrowed to: word and condition by the business date.
SHOWN = {
    "all": ("All", None),
    "in-force": ("In force", in_force),
    "lapsing": ("Lapse within 30 days", lapsing),
    "reviews": ("Reviews due", review_due),
}


@dataclass(frozen=True, slots=True)
class PlanList:
    page: Page[PlanOfCare]
    drafts: tuple[PlanDraft, ...]
    tabs: tuple[tuple[str, str, int | None], ...]
    shown: str
    today: dt.date


def plan_list(person: User, shown: str, place: Place) -> PlanList:
    """The plans that a person may see; for people of suppliers how many lapse and wait for a review, and drafts."""
    today = clock.today()
    plans = plans_with_dates(PlanOfCare.objects.visible_to(person), today)
    shown = shown if shown in SHOWN else "all"
    condition = SHOWN[shown][1]
    rows = plans.filter(condition(today)) if condition else plans
    drafts = PlanDraft.objects.visible_to(person).open().select_related("beneficiary", "supplier", "saved_by")
    tabs = tuple((name, word, _count(plans, name, today)) for name, (word, _) in SHOWN.items())
    return PlanList(page_or_first(rows, LATEST_FIRST, PAGE_SIZE, place), tuple(drafts[:PAGE_SIZE]), tabs, shown, today)


def _count(plans: QuerySet[PlanOfCare], name: str, today: dt.date) -> int | None:
    """How many wait; what does not wait is not counted."""
    return plans.filter(SHOWN[name][1](today)).count() if name in ("lapsing", "reviews") else None  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class ContentShown:
    """A part of the plan: pairs of name and words, which are empty where the plan says nothing."""

    title: str
    cites: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VersionShown:
    version: PlanOfCareVersion
    documents: tuple[DocumentShown, ...]
    is_shown: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan as its content held on a day, and as it stands."""

    plan: PlanOfCare
    as_of: PlanAsOf
    content: tuple[ContentShown, ...]
    completeness: Completeness
    versions: tuple[VersionShown, ...]
    reviews: tuple[PlanReview, ...]
    events: QuerySet[Event]
    drafts: tuple[PlanDraft, ...]
    today: dt.date
    may_change: bool

    @property
    def is_complete(self) -> bool:
        return not self.completeness.missing

    @property
    def is_another_day(self) -> bool:
        return self.as_of.day != self.today


def plan_page(plan: PlanOfCare, person: User, day: dt.date | None) -> PlanPage:
    """The plan as of `day`, or of the business date."""
    today = clock.today()
    versions, reviews = list(plan.versions.prefetch_related("documents")), list(plan.reviews.all())
    as_of = plan_as_of(plan, versions, reviews, day or today)
    shown = as_of.version or (None if day else versions[-1])
    complete = completeness_on_file(plan, versions, reviews, today)
    documents = {each.document.pk: each for each in documents_shown(d for v in versions for d in v.documents.all())}
    drafts = PlanDraft.objects.visible_to(person).open().filter(plan=plan).select_related("saved_by")
    return PlanPage(
        plan=plan,
        as_of=as_of,
        content=tuple(_content_shown(content_of(plan, shown))) if shown else (),
        completeness=complete,
        versions=tuple(
            VersionShown(each, tuple(documents[d.pk] for d in each.documents.all()), each == shown)
            for each in reversed(versions)
        ),
        reviews=as_of.reviews,
        events=events_about(plan),
        drafts=tuple(drafts),
        today=today,
        may_change=person.role == Role.SUPPLIER and may(person, Right.PLANS_WRITE, plan.supplier_id),
    )


def _content_shown(content: PlanContent) -> Iterator[ContentShown]:
    """What a version says, in the manual's order."""
    physician = ", ".join(part for part in (content.physician_name, content.credential) if part)
    number = f"NPI {content.physician_npi}" if content.physician_npi else ""
    visits = _joined(visits_in_words(content), content.discipline)
    page = f"page {content.signed_page}" if content.signed_page else ""
    every = f"every {days(content.review_every_days)}" if content.review_every_days else ""
    dme = _joined(content.dme_supplier, _day(content.dme_consulted))
    yield ContentShown("Physician", "§320.5", (("Physician", _joined(physician, number)),))
    yield ContentShown(
        "A. Content",
        "§320.5 A",
        (
            ("Drug", ", ".join(content.drugs)),
            ("Type of therapy", content.therapy_type),
            ("Dosage", content.dosage),
            ("Frequency", content.frequency),
            ("Route", content.route),
            ("Amount", content.amount),
            ("Duration", content.duration),
            ("Professional services", ", ".join(content.professional_services)),
        ),
    )
    yield ContentShown("B. Orders", "§320.5 B", (("Visits", visits), ("Needs of this patient", content.needs)))
    yield ContentShown("C. Signature", "§320.5 C", (("Signed and dated", _joined(_day(content.signed), page)),))
    yield ContentShown("D. Review", "§320.5 D", (("The plan’s own interval", every),))
    yield ContentShown("Options", "§320.5.1", (("Discussed", _day(content.options_notified)),))
    yield ContentShown(
        "Coordination",
        "§320.5.2",
        (("With the DME supplier", dme), ("With the prescriber", _day(content.prescriber_consulted))),
    )


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _day(day: dt.date | None) -> str:
    return in_words(day) if day else ""


def completeness_on_file(
    plan: PlanOfCare, versions: Sequence[PlanOfCareVersion], reviews: Sequence[PlanReview], today: dt.date
) -> Completeness:
    return completeness_of(
        [content_of(plan, each) for each in versions],
        key=plan.pk,
        reviewed=[each.reviewed_on for each in reviews],
        today=today,
        tables=tables_as_known(),
    )


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft with its form, its documents and its completeness list."""

    draft: PlanDraft
    form: PlanForm
    completeness: Completeness
    documents: tuple[DocumentShown, ...]
    drug_notes: tuple[str, ...]
    ends: dt.date | None


def draft_page(draft: PlanDraft) -> DraftPage:
    """The draft as it was typed, judged as if it were on file."""
    today, tables = clock.today(), tables_as_known()
    versions = list(draft.plan.versions.all()) if draft.plan else []
    on_file = content_of(draft.plan, versions[-1]) if draft.plan else None
    form = PlanForm(draft.values, tables, today, on_file, draft.purpose)
    content = form.content
    if draft.purpose == PlanDraft.Purpose.CHANGE and content.changed_on is None:
        content = replace(content, changed_on=today)
    earlier = [content_of(draft.plan, each) for each in versions] if draft.plan else []
    if draft.purpose == PlanDraft.Purpose.COMPLETE:
        earlier.pop()
    reviewed = [each.reviewed_on for each in draft.plan.reviews.all()] if draft.plan else []
    complete = completeness_of(
        [*earlier, content], key=draft.plan_id or 0, reviewed=reviewed, today=today, tables=tables
    )
    return DraftPage(
        draft=draft,
        form=form,
        completeness=complete,
        documents=tuple(documents_shown(draft.documents.all())),
        drug_notes=tuple(_drug_notes(content, tables, today)),
        ends=content.ends,
    )


def _drug_notes(content: PlanContent, tables: PolicyTables, today: dt.date) -> Iterator[str]:
    """Which visit codes each chosen drug is billed with, by the table in force when the plan starts."""
    day = content.starts or today
    for drug in content.drugs:
        hcpcs, _, modifier = drug.partition(" ")
        row = tables.drug_on(hcpcs, modifier, day)
        if row is None:
            yield f"{drug} is no home infusion drug on that day"
        elif row.category is None:
            yield f"{drug}: a reviewer decides the category of the visit"
        else:
            codes = reversed(tables.visit_codes.in_force(day))
            billed = " or ".join(code.hcpcs for code in codes if code.category == row.category)
            yield f"{drug}: home infusion drug, category {row.category}; bill visits as {billed}"
