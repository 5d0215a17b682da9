"""Keying a claim from paper, and keying it again where it was keyed wrongly."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import allow, person_of
from accounts.actions import log_access
from claims.intake.x12.findings import GatewayFinding
from claims.models import Claim
from claims.paper.cms_1500 import PaperClaim, field_of, in_words_of_the_form
from claims.paper.correction import correct_claim, keyed_lines, keyed_values, why_not_corrected
from claims.paper.entry import KEYS_PAPER, NotAccepted, key_claim
from claims.paper.forms import (
    LINES_ON_PAPER,
    MOST_LINES,
    CorrectionForm,
    LineForms,
    PaperForm,
    line_forms,
    lines_keyed,
    new_token,
)
from claims.views.steps import answer_to, claim_of
from policy.refusals import Refused

#: Numbers of lines that the page offers.
ROWS_OFFERED = (LINES_ON_PAPER, 12, 24, MOST_LINES)


@allow(*KEYS_PAPER)
@require_http_methods(["GET", "POST"])
def key(request: HttpRequest) -> HttpResponse:
    """The form CMS-1500; a claim that the gateway accepts is stored and leads to its page."""
    rows = rows_asked(request)
    form = PaperForm(request.POST or None, initial={"token": new_token()})
    lines = line_forms(request.POST or None, rows)

    def store(paper: PaperClaim, token: str) -> Claim:
        return key_claim(paper, token=token, by=person_of(request))

    if request.method == "POST" and form.is_valid() & lines.is_valid() and (claim := keyed(form, lines, store)):
        messages.success(request, f"Keyed as claim {claim.icn}. It is decided in its turn.")
        return redirect("claims:claim", claim.icn)
    return render(
        request, "claims/paper.html", {"form": form, "lines": lines, "rows": rows, "rows_offered": ROWS_OFFERED}
    )


def rows_asked(request: HttpRequest) -> int:
    asked = request.GET.get("lines", "")
    return int(asked) if asked in map(str, ROWS_OFFERED) else LINES_ON_PAPER


def keyed(form: PaperForm, lines: LineForms, store: Callable[[PaperClaim, str], Claim]) -> Claim | None:
    """The claim, or nothing and what is wrong with its fields."""
    paper = form.claim(tuple(line.line() for line in lines_keyed(lines)))
    try:
        return store(paper, form.cleaned_data["token"])
    except NotAccepted as found:
        tell(found.findings, form, lines)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return None


@allow(*KEYS_PAPER)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, icn: str) -> HttpResponse:
    """The form as it was keyed, to be keyed again where it is wrong; the claim that this makes replaces the first."""
    claim, by = claim_of(request, icn), person_of(request)
    if why := why_not_corrected(claim):
        messages.error(request, why)
        return redirect("claims:claim", icn)
    given = keyed_lines(claim)
    form = CorrectionForm(request.POST or None, initial={**keyed_values(claim), "token": new_token()})
    lines = line_forms(request.POST or None, initial=given)

    def store(paper: PaperClaim, token: str) -> Claim:
        return correct_claim(claim, paper, reason=form.cleaned_data["reason"], token=token, by=by)

    def act() -> HttpResponse | None:
        made = keyed(form, lines, store) if lines.is_valid() else None
        if made is None:
            return None
        messages.success(request, f"Keyed anew as claim {made.icn}. It takes the place of this one once it is decided.")
        return redirect("claims:claim", made.icn)

    answer, changed = answer_to(request, claim, form, act)
    log_access(by, claim, page="Correct what was keyed")
    context = {"form": form, "lines": lines, "claim": claim, "meanwhile": changed}
    return answer or render(request, "claims/paper.html", context)


def tell(findings: Iterable[GatewayFinding], form: PaperForm, lines: LineForms) -> None:
    """Each finding at the field it is about, of the claim or of one of its lines."""
    of_lines = lines_keyed(lines)
    for finding in findings:
        owner = of_lines[finding.line - 1] if finding.line else form
        field = field_of(finding)
        owner.add_error(field if field in owner.fields else None, in_words_of_the_form(finding))
