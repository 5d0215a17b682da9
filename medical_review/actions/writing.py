"""What a reviewer writes on a case they have: each save adds a version, none is ever overwritten."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from django.db import transaction

from accounts.models import User
from beneficiaries.models import Document
from claims.authority import check_role
from claims.models import ClaimLine
from medical_review.actions.holding import check_own, lock_case
from medical_review.desk import verdicts_on
from medical_review.models import Answer, Case, Finding, LineAnswer, Rationale, VisitNote
from medical_review.models.finding import Version
from medical_review.states import REVIEWS
from policy import clock
from policy.readers import reason_meanings
from policy.refusals import Refused

V = TypeVar("V", bound=Version)

#: Reason codes as they are kept: "CO-272 N705 N706".
CODES = re.compile(r"(CO|PR|OA|PI)-([A-Z0-9]{1,4})((?: [A-Z]{1,2}\d{1,4})*)").fullmatch


@transaction.atomic
def answer_point(
    case: Case, point: int, answer: str, *, by: User, page: str = "", note: str = "", document: Document | None = None
) -> Finding:
    """Answer a point of the checklist; an empty answer takes the one before back."""
    case = lock_to_write(case, by)
    if answer and answer not in Answer.values:
        raise Refused(f"“{answer}” is no answer. Choose met, not met or not documented.", "no_answer", "answer")
    values = {"answer": answer, "page": page.strip()[:20], "note": " ".join(note.split())[:1000], "document": document}
    return add(Finding, case, by, {"point": point}, values)


@transaction.atomic
def answer_line(
    case: Case,
    line: ClaimLine,
    verdict: str,
    *,
    by: User,
    code: str = "",
    points: tuple[int, ...] = (),
    codes: str = "",
    reason: str = "",
) -> LineAnswer:
    """Say what becomes of a line. What goes without saying (ground, codes, reason of its points) may be left out."""
    case = lock_to_write(case, by)
    if line.claim_id != case.claim_id:
        raise Refused("The line is one of another claim.", "other_claim")
    check_verdict(case, verdict)
    codes = " ".join(codes.upper().split())
    if codes:
        check_codes(codes)
    values = {
        "verdict": verdict,
        "code": code.strip().upper()[:5],
        "points": list(points),
        "codes": codes,
        "reason": " ".join(reason.split())[:400],
    }
    return add(LineAnswer, case, by, {"line": line}, values)


def check_verdict(case: Case, verdict: str) -> None:
    """Refuses what is not said of lines in a case of this kind."""
    offered = verdicts_on(case)
    if verdict and verdict not in offered:
        words = " or ".join(str(each.label).lower() for each in offered)
        raise Refused(f"“{verdict}” is no decision here. Choose {words}.", "no_verdict", "verdict")


@transaction.atomic
def note_visit(case: Case, line: ClaimLine, *, by: User, **values: Any) -> VisitNote:
    """What the note of a line's visit says: the values of a `VisitNote` by name."""
    case = lock_to_write(case, by)
    if line.claim_id != case.claim_id:
        raise Refused("The line is one of another claim.", "other_claim")
    return add(VisitNote, case, by, {"line": line}, values)


@transaction.atomic
def write_rationale(case: Case, text: str, *, by: User) -> Rationale:
    """The words of the decision; an empty text goes back to the draft from the findings."""
    case = lock_to_write(case, by)
    return add(Rationale, case, by, {}, {"text": text.strip()})


def lock_to_write(case: Case, by: User) -> Case:
    check_role(REVIEWS, by)
    case = lock_case(case, "answer")
    check_own(case, by)
    return case


def add(model: type[V], case: Case, by: User | None, key: dict[str, Any], values: dict[str, Any]) -> V:
    """The next version; the one that stands where it says the same already."""
    last = model._default_manager.filter(case=case, **key).order_by("-number").first()
    if last is not None and all(getattr(last, name) == value for name, value in values.items()):
        return last
    number = last.number + 1 if last else 1
    return model._default_manager.create(case=case, number=number, made_by=by, made_on=clock.today(), **key, **values)


def check_codes(codes: str) -> None:
    """Refuses reason codes of another form, and those that no table knows."""
    found = CODES(codes)
    if found is None:
        raise Refused("Give reason codes as in CO-272 N705: group, CARC, remarks.", "codes", "codes")
    known = reason_meanings()
    wanted = [("CARC", found[2]), *(("RARC", remark) for remark in found[3].split())]
    if unknown := [code for kind, code in wanted if (kind, code) not in known]:
        raise Refused(f"{', '.join(unknown)} is in no table of reason codes. Choose one that is.", "codes", "codes")
