"""What the claims room asks of suppliers: held and refused claims, demands, plans that lapse, drafts that were kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Least
from django.urls import reverse

from beneficiaries.models import PlanDraft, PlanOfCare
from beneficiaries.plans.readers import lapsing, plans_with_dates, review_due
from claims.edits.wording import dollars, in_words
from claims.models import Claim, ClaimDraft, ClaimStatus, Overpayment, OverpaymentState
from claims.models.overpayment import DAYS_BEFORE_RECOUPMENT
from claims.pages.files import rejected_visible_to
from claims.pages.home.links import claims_where
from claims.pages.supplier_home.answers import MOST_READ, Answers, Asked, Thing, answers, register
from claims.pages.why import deciding_edits, why_and_next
from claims.pages.wording import sentence, visit_span
from claims.payment.interest import period_end
from claims.recycling import look_rule
from policy.readers import tables_as_known
from suppliers.rights import Right

#: Days for which a refused claim is shown, unless it came again before.
REFUSED_DAYS = 30


@register
def held_claims(asked: Asked) -> Answers:
    """Claims that wait for a drug bill, with what they wait for and the last look at them; two queries."""
    rows = Claim.objects.filter(supplier__in=asked.suppliers, status=ClaimStatus.ON_HOLD, is_test=False)
    found = list(rows.order_by(F("next_look").asc(nulls_last=True), "pk")[: MOST_READ + 1])
    address = claims_where(**asked.filters, status=ClaimStatus.ON_HOLD.value)
    return answers("On hold", ("square-pause", "hold"), "on hold", address, list(_held(found, asked)))


def _held(claims: list[Claim], asked: Asked) -> Iterator[Thing]:
    tables, edits = tables_as_known(), deciding_edits(claims)
    for claim in claims:
        rule = look_rule(tables, claim.received_on)
        why = why_and_next(claim, edits.get(claim.pk, ()), asked.today, rule)
        last = rule.look_days(claim.received_on)[-1] if claim.next_look else None
        ask = f" Without a drug bill by {in_words(last)} it is denied: ask who supplies the drug." if last else ""
        yield _claim(claim, f"{why.words}{ask}", reverse("claims:claim", args=[claim.icn]), last)


def _claim(claim: Claim, words: str, address: str, due: dt.date | None = None) -> Thing:
    assert claim.supplier_id is not None
    what = f"{claim.patient_name}, {visit_span(claim.first_day, claim.last_day)}"
    return Thing(what, address, claim.supplier_id, words, due, claim)


@register
def refused_claims(asked: Asked) -> Answers:
    """Claims of the last 30 days that the gateway refused and that did not come again; one query."""
    since = asked.today - dt.timedelta(days=REFUSED_DAYS - 1)
    rows = rejected_visible_to(asked.person).filter(supplier__in=asked.suppliers, received_on__gte=since, is_test=False)
    again = Claim.objects.filter(
        supplier__in=asked.suppliers,
        patient_control_number=OuterRef("patient_control_number"),
        arrival__gt=OuterRef("arrival"),
    )
    found = rows.exclude(Exists(again)).order_by("-pk")[: MOST_READ + 1]
    said = "It was never decided: correct it and send it again."
    things = [
        _claim(claim, f"{_finding(claim)} {said}", reverse("claims:rejected", args=[claim.pk])) for claim in found
    ]
    address = claims_where(**asked.filters, status=ClaimStatus.REJECTED.value, received_from=since)
    return answers("Refused", ("octagon-x", "denied"), f"refused in {REFUSED_DAYS} days", address, things)


def _finding(claim: Claim) -> str:
    """The first thing that the gateway found, as a sentence."""
    messages = [str(finding["message"]) for finding in claim.gateway_findings]
    return sentence(messages[0] if messages else "The gateway refused it")


@register
def demands(asked: Asked) -> Answers:
    """Overpayments in the state `DEMANDED`: sent, not appealed, not taken from payments yet; one query.

    It is asked by the days themselves: the database plans that in a tenth of the time.
    """
    rows = Overpayment.objects.filter(
        supplier__in=asked.suppliers,
        demand__sent_on__gt=asked.today - dt.timedelta(days=DAYS_BEFORE_RECOUPMENT),
        redetermination__isnull=True,
    )
    rows = rows.owing().select_related("claim", "demand")
    found = [_demand(row, asked.today) for row in rows.order_by("demand__sent_on", "pk")[: MOST_READ + 1]]
    address = f"{reverse('claims:overpayments')}?state={OverpaymentState.DEMANDED.value}"
    return answers("Demand", ("diamond-alert", "waits"), "demanded", address, found)


def _demand(row: Overpayment, today: dt.date) -> Thing:
    """Until day 30 it bears no interest; from day 41 it is taken from payments (42 CFR 405.378 and 405.379)."""
    sent: dt.date = row.demand.sent_on
    free, last = period_end(sent, 1), sent + dt.timedelta(days=DAYS_BEFORE_RECOUPMENT - 1)
    owed = dollars(row.owed + max(0, row.interest_owed))  # type: ignore[attr-defined]
    bears = f"Sent back by {in_words(free)}, it bears no interest. " if free >= today else ""
    words = f"{owed} is owed. {bears}After {in_words(last)} it is taken from payments, unless you appeal."
    number = str(row.claim)
    address = reverse("claims:overpayment", args=[row.pk])
    return Thing(f"Overpayment of claim {number}", address, row.supplier_id, words, free if free >= today else last)


@register
def plans(asked: Asked) -> Answers:
    """Plans of care that lapse within 30 days and reviews that are due within a week or were not held; one query."""
    rows = plans_with_dates(PlanOfCare.objects.filter(supplier__in=asked.suppliers), asked.today)
    wanted = rows.filter(lapsing(asked.today) | review_due(asked.today)).annotate(first=Least("ends", "review_due"))
    found = [_plan(plan, asked.today) for plan in wanted.order_by("first", "pk")[: MOST_READ + 1]]
    address = f"{reverse('plans:list')}?show=lapsing"
    return answers("Plan of care", ("page", "hold"), "plans lapse or wait for a review", address, found)


def _plan(plan: PlanOfCare, today: dt.date) -> Thing:
    due: dt.date | None = plan.review_due  # type: ignore[attr-defined]
    is_due = due is not None and due <= today + dt.timedelta(days=7)
    words, day = "", plan.ends
    if plan.ends and plan.ends <= today + dt.timedelta(days=30):
        words = f"Lapses after {in_words(plan.ends)}; visits after it need a new plan. "
    if is_due and due:
        words += f"The physician’s review {'was' if due < today else 'is'} due {in_words(due)}."
        day = min(due, plan.ends or due)
    address = reverse("plans:plan", args=[plan.pk])
    return Thing(str(plan.beneficiary), address, plan.supplier_id, words.strip(), day, plan)


@register
def claim_drafts(asked: Asked) -> Answers:
    """Claims that were begun and not sent, the latest first; one query."""
    suppliers = asked.allowing(Right.CHECKS)
    rows = ClaimDraft.objects.open().filter(supplier__in=suppliers).select_related("saved_by")
    found = [
        Thing(
            f"Draft {draft.pk}{_named(draft)}",
            reverse("claims:check_draft", args=[draft.pk]),
            draft.supplier_id,
            f"Kept as {draft.saved_by} left it. Check it and submit it, or delete it.",
            about=draft,
        )
        for draft in rows[: MOST_READ + 1]
    ]
    return answers("Draft of a claim", ("ring", "neutral"), "claims begun", reverse("claims:check"), found)


def _named(draft: ClaimDraft) -> str:
    name = str(draft.values.get("last_name") or "")
    return f", {name}" if name else ""


@register
def plan_drafts(asked: Asked) -> Answers:
    """Plans of care that were begun and are not on file, the latest first; one query."""
    suppliers = asked.allowing(Right.PLANS_WRITE)
    rows = PlanDraft.objects.open().filter(supplier__in=suppliers).select_related("beneficiary", "saved_by")
    found = [
        Thing(
            f"{draft.get_purpose_display()}, {draft.beneficiary}",
            reverse("plans:draft", args=[draft.pk]),
            draft.supplier_id,
            f"Kept as {draft.saved_by} left it. Put it on file, or delete it.",
            about=draft,
        )
        for draft in rows[: MOST_READ + 1]
    ]
    return answers("Draft of a plan", ("ring", "neutral"), "plans begun", reverse("plans:list"), found)
