"""What suppliers do with plans of care: write a draft, put it on file, change a plan, complete it, note a review.

What a plan on file states is never overwritten. What was left out may be filled in; everything else is a change, a
version of its own with its own day and signature (§320.5 C). The paper is the record: `signed` is the date that stands
on it, and nothing here signs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from beneficiaries.documents.actions import remove_document
from beneficiaries.models import Beneficiary, Document, PlanDraft, PlanOfCare, PlanOfCareVersion, PlanReview
from beneficiaries.plans.content import (
    FIELDS,
    OWN_OF_EACH_VERSION,
    PLAN_FIELDS,
    VERSION_FIELDS,
    PlanContent,
    columns_of,
    content_of,
    is_stated,
)
from policy import clock
from policy.refusals import Refused
from suppliers.models import Supplier

Typed = dict[str, Any]
Purpose = PlanDraft.Purpose

#: Fields of a plan that a change may give another value; the others belong to how it was established.
CHANGEABLE = (*VERSION_FIELDS, "ends", "review_every_days")


# ---------- drafts ----------


def begin_plan(supplier: Supplier, beneficiary_id: int, *, by: User) -> PlanDraft:
    """An empty draft of a new plan for a patient whom the supplier named beyond doubt."""
    beneficiary = Beneficiary.objects.get(pk=beneficiary_id)
    return PlanDraft.objects.create(supplier=supplier, beneficiary=beneficiary, made_by=by, saved_by=by)


@transaction.atomic
def begin_on(plan: PlanOfCare, purpose: PlanDraft.Purpose, *, values: Typed, by: User) -> PlanDraft:
    """The open draft of a change, or of what was left out; the one that is there is gone on with."""
    PlanOfCare.objects.select_for_update().get(pk=plan.pk)
    open_one = plan.drafts.filter(purpose=purpose, filed=None).first()
    return open_one or make_draft_on(plan, purpose, values=values, by=by)


def make_draft_on(plan: PlanOfCare, purpose: PlanDraft.Purpose, *, values: Typed, by: User) -> PlanDraft:
    """A draft of its own, whatever others are writing."""
    return PlanDraft.objects.create(
        supplier_id=plan.supplier_id,
        beneficiary_id=plan.beneficiary_id,
        plan=plan,
        purpose=purpose,
        values=values,
        made_by=by,
        saved_by=by,
    )


class ChangedMeanwhile(Refused):
    """Somebody else saved the draft after the page was opened; `draft` is as it stands now."""

    def __init__(self, draft: PlanDraft) -> None:
        super().__init__(f"{draft.saved_by} changed this draft meanwhile.", "changed_meanwhile")
        self.draft = draft


@transaction.atomic
def save_draft(draft: PlanDraft, values: Mapping[str, Any], *, by: User, seen: int | None = None) -> PlanDraft:
    """Keep what was typed. `seen` is how often it was saved when the page was opened; without it, it is overwritten.

    Raises `ChangedMeanwhile` when another person saved it since, and `Refused` for a draft that is on file.
    """
    draft = lock(draft)
    if seen is not None and draft.saved != seen and draft.saved_by_id != by.pk:
        raise ChangedMeanwhile(draft)
    draft.values, draft.saved_by, draft.saved_at = dict(values), by, clock.now()
    draft.saved += 1
    draft.save(update_fields=["values", "saved_by", "saved_at", "saved"])
    return draft


@transaction.atomic
def delete_draft(draft: PlanDraft, *, by: User) -> None:
    """Delete a draft for good, with the documents that were sent for it."""
    draft = lock(draft)
    for document in draft.documents.all():
        remove_document(document, by=by)
    draft.delete()


def lock(draft: PlanDraft) -> PlanDraft:
    drafts = PlanDraft.objects.select_related("supplier", "beneficiary", "plan", "saved_by")
    draft = drafts.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.filed_id:
        raise Refused("This draft is on file as a plan of care. What is on file changes by a new version.", "on_file")
    return draft


# ---------- on file ----------


@transaction.atomic
def file_draft(draft: PlanDraft, content: PlanContent, *, by: User) -> PlanOfCareVersion:
    """Put a draft on file: as a new plan, as a change of one, or by filling in what one left out.

    A plan may be incomplete; only the day from which it, or a change of it, holds cannot be left open.
    Raises `Refused`.
    """
    draft = lock(draft)
    if draft.purpose == Purpose.NEW:
        version = _file_new(draft, content, by)
    else:
        assert draft.plan is not None
        plan = PlanOfCare.objects.select_for_update().get(pk=draft.plan.pk)
        act = _file_change if draft.purpose == Purpose.CHANGE else _fill_in
        version = act(plan, content, by)
    Document.objects.filter(draft=draft).update(version=version, draft=None)
    draft.filed = version
    draft.save(update_fields=["filed"])
    return version


def _file_new(draft: PlanDraft, content: PlanContent, by: User) -> PlanOfCareVersion:
    if content.starts is None:
        raise Refused(
            "A plan of care is on file from the day it starts. Give that day; until then it stays a draft.",
            "starts_missing",
            "starts",
        )
    _refuse_impossible(content, content.starts)
    plan = PlanOfCare.objects.create(
        beneficiary_id=draft.beneficiary_id, supplier_id=draft.supplier_id, **columns_of(content, PLAN_FIELDS)
    )
    content = replace(content, changed_on=content.established or content.starts)
    version = PlanOfCareVersion.objects.create(plan=plan, number=1, **columns_of(content, VERSION_FIELDS))
    _tell("plan_filed", plan, by, f"Plan of care {plan.pk} was put on file: {_signature(content)}.")
    return version


def _file_change(plan: PlanOfCare, content: PlanContent, by: User) -> PlanOfCareVersion:
    last = _last_version(plan)
    if content.changed_on is None:
        raise Refused("A change holds from a day. Give the day of the change.", "changed_on_missing", "changed_on")
    if content.changed_on <= last.changed_on or content.changed_on < plan.starts:
        day = max(last.changed_on, plan.starts)
        raise Refused(
            f"The plan already says something of {day:%m/%d/%Y}. A change is dated after it.",
            "changed_on_too_early",
            "changed_on",
        )
    on_file = content_of(plan, last)
    content = replace(on_file, **{name: getattr(content, name) for name in CHANGEABLE})
    if not _differences(on_file, content, OWN_OF_EACH_VERSION):
        raise Refused("Nothing is different from the version on file. A review is noted as a review.", "no_change")
    _refuse_impossible(content, plan.starts)
    _save_plan(plan, content)
    version = PlanOfCareVersion.objects.create(plan=plan, number=last.number + 1, **columns_of(content, VERSION_FIELDS))
    said = f"Plan of care {plan.pk} was changed as of {content.changed_on:%m/%d/%Y}: {_signature(content)}."
    _tell("plan_changed", plan, by, said, differences=_differences(on_file, content))
    return version


def _fill_in(plan: PlanOfCare, content: PlanContent, by: User) -> PlanOfCareVersion:
    """The row stays the one that arrived: what is on the paper since then is only now on file."""
    version = _last_version(plan)
    on_file = content_of(plan, version)
    missing = [name for name in FIELDS if not is_stated(on_file, name)]
    content = replace(on_file, **{name: getattr(content, name) for name in missing})
    differences = _differences(on_file, content)
    if not differences:
        raise Refused("Nothing was filled in. What is on file already changes by a new version.", "no_change")
    _refuse_impossible(content, plan.starts)
    _save_plan(plan, content)
    for name, value in columns_of(content, VERSION_FIELDS).items():
        setattr(version, name, value)
    version.save(update_fields=list(VERSION_FIELDS))
    said = f"Plan of care {plan.pk}, version {version.number}: {', '.join(differences)} filled in."
    _tell("plan_completed", plan, by, said.replace("_", " "), differences=differences)
    return version


def _last_version(plan: PlanOfCare) -> PlanOfCareVersion:
    version = plan.versions.order_by("-number").first()
    assert version is not None
    return version


def _save_plan(plan: PlanOfCare, content: PlanContent) -> None:
    values = columns_of(content, PLAN_FIELDS)
    changed = [name for name, value in values.items() if getattr(plan, name) != value]
    for name in changed:
        setattr(plan, name, values[name])
    if changed:
        plan.save(update_fields=changed)


def _refuse_impossible(content: PlanContent, starts: dt.date) -> None:
    today = clock.today()
    if content.signed and content.signed > today:
        raise Refused("A signature cannot be dated after today.", "signed_later", "signed")
    if content.ends and content.ends < starts:
        raise Refused("A plan of care ends on the day it starts or later.", "ends_too_early", "ends")


def _differences(before: PlanContent, after: PlanContent, besides: tuple[str, ...] = ()) -> list[str]:
    return [name for name in FIELDS if name not in besides and getattr(before, name) != getattr(after, name)]


def _signature(content: PlanContent) -> str:
    return f"signed on {content.signed:%m/%d/%Y}" if content.signed else "not signed yet"


def _tell(verb: str, plan: PlanOfCare, by: User, sentence: str, **data: Any) -> None:
    record_event(verb, by=by, on=clock.today(), about=plan, sentence=sentence, data=data)


# ---------- reviews ----------


@transaction.atomic
def record_review(plan: PlanOfCare, reviewed_on: dt.date, *, note: str = "", by: User) -> PlanReview:
    """Note that the physician reviewed the plan on a day (§320.5 D); the same day again is the same review."""
    plan = PlanOfCare.objects.select_for_update().get(pk=plan.pk)
    if reviewed_on > clock.today():
        raise Refused("A review is noted once it was held: not after today.", "reviewed_later", "reviewed_on")
    if reviewed_on < (plan.established or plan.starts):
        raise Refused("A plan is reviewed after it was established.", "reviewed_too_early", "reviewed_on")
    review, is_new = PlanReview.objects.get_or_create(plan=plan, reviewed_on=reviewed_on, defaults={"note": note})
    if is_new:
        _tell("plan_reviewed", plan, by, f"Plan of care {plan.pk} was reviewed on {reviewed_on:%m/%d/%Y}.")
    return review
