"""Keying a claim from paper."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import allow, person_of
from claims.intake.x12.findings import GatewayFinding
from claims.models import Claim
from claims.paper.cms_1500 import field_of, in_words_of_the_form
from claims.paper.entry import KEYS_PAPER, NotAccepted, key_claim
from claims.paper.forms import LINES_ON_PAPER, MOST_LINES, LineForms, PaperForm, line_forms, lines_keyed, new_token
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
    if request.method == "POST" and form.is_valid() & lines.is_valid() and (claim := keyed(request, form, lines)):
        messages.success(request, f"Keyed as claim {claim.icn}. It is decided in its turn.")
        return redirect("claims:claim", claim.icn)
    return render(
        request, "claims/paper.html", {"form": form, "lines": lines, "rows": rows, "rows_offered": ROWS_OFFERED}
    )


def rows_asked(request: HttpRequest) -> int:
    asked = request.GET.get("lines", "")
    return int(asked) if asked in map(str, ROWS_OFFERED) else LINES_ON_PAPER


def keyed(request: HttpRequest, form: PaperForm, lines: LineForms) -> Claim | None:
    """The claim, or nothing and what is wrong with its fields."""
    paper = form.claim(tuple(line.line() for line in lines_keyed(lines)))
    try:
        return key_claim(paper, token=form.cleaned_data["token"], by=person_of(request))
    except NotAccepted as found:
        tell(found.findings, form, lines)
    except Refused as refused:
        form.add_error(refused.field, str(refused))
    return None


def tell(findings: Iterable[GatewayFinding], form: PaperForm, lines: LineForms) -> None:
    """Each finding at the field it is about, of the claim or of one of its lines."""
    of_lines = lines_keyed(lines)
    for finding in findings:
        owner = of_lines[finding.line - 1] if finding.line else form
        field = field_of(finding)
        owner.add_error(field if field in owner.fields else None, in_words_of_the_form(finding))
