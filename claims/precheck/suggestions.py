"""One suggestion a problem: the change of a draft that helps most, with what it would bring, asked of `decide()`.

Only what the record itself says is suggested: the code, what is billed twice, the line's days, the physician of the
plan. What happened at the bedside (place, length, diagnosis) nobody but the supplier knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from claims.adjudication.decision import Finding, LineDecision
from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts, LineFacts
from claims.edits.context import governing_plan
from claims.edits.history import VisitHistory
from claims.edits.wording import dollars, in_words
from claims.intake.x12.npi import is_npi
from claims.pages.claim.lines import CATEGORIES
from claims.pages.wording import weekday
from policy.tables import PolicyTables, VisitCodeRow

Act = Literal["code", "remove", "split", "referring"]

#: Edits that another visit code may answer, and the one that only says that the other kind would fit the history.
OF_CODES = ("HIT-103", "HIT-501", "HIT-503", "HIT-601")
NO_EARLIER_VISIT = "HIT-604"
BILLED_TWICE = ("HIT-602", "HIT-603")
SEVERAL_DAYS, NO_REFERRING = "HIT-109", "HIT-108"

#: A line is split into as many days as this; a longer span is a mistake of another kind.
MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A change of the draft: what, on which line, the new value; its words, what it would bring, what else could be."""

    act: Act
    line: int
    value: str
    title: str
    effect: str
    otherwise: str
    button: str

    @property
    def token(self) -> str:
        return f"{self.act}:{self.line}:{self.value}"


def suggestion_for(decided: LineDecision, facts: ClaimFacts, tables: PolicyTables) -> Suggestion | None:
    """The first suggestion that helps the line; None where nothing in the record answers the problem."""
    line = next(each for each in facts.lines if each.number == decided.number)
    deciding = {finding.edit: finding for finding in decided.findings if finding.decides}
    for made in _suggestions(line, decided, deciding, facts, tables):
        return made
    return None


def _suggestions(
    line: LineFacts, decided: LineDecision, deciding: dict[str, Finding], facts: ClaimFacts, tables: PolicyTables
) -> Iterator[Suggestion]:
    if SEVERAL_DAYS in deciding and line.through and (line.through - line.date).days < MOST_DAYS:
        yield _split(line)
    if any(edit in deciding for edit in BILLED_TWICE):
        yield _remove(line)
    if any(edit in deciding for edit in OF_CODES) or NO_EARLIER_VISIT in decided.informs:
        yield from _code(line, decided, facts, tables)
    if NO_REFERRING in deciding:
        yield from _referring(line, facts)


# ---------- the code ----------


def _code(line: LineFacts, decided: LineDecision, facts: ClaimFacts, tables: PolicyTables) -> Iterator[Suggestion]:
    """The code of the kind that fits the history, else the other, that leaves less in the line's way."""
    before = len(decided.edits)
    for code in candidates(line, facts, tables):
        after = with_code(line, code.hcpcs, facts, tables)
        better = len(after.edits) < before or (not before and NO_EARLIER_VISIT not in after.informs)
        if code.hcpcs != line.hcpcs and better:
            kind = "initial" if code.is_initial else "subsequent"
            yield Suggestion(
                act="code",
                line=line.number,
                value=code.hcpcs,
                title=f"Use {code.hcpcs}, {kind} visit, {CATEGORIES[code.category]}.",
                effect=_effect(line, after),
                otherwise=_later(line, decided, tables),
                button=f"Use {code.hcpcs} on visit {line.number}",
            )
            return


def candidates(line: LineFacts, facts: ClaimFacts, tables: PolicyTables) -> list[VisitCodeRow]:
    """The visit codes of the day: first of the kind that the history asks for, first of the line's own category."""
    own = tables.visit_codes.on(line.hcpcs, line.date)
    is_initial = is_first_visit(line, facts)
    rows = tables.visit_codes.in_force(line.date)
    return sorted(rows, key=lambda row: (row.is_initial != is_initial, own is None or row.category != own.category))


def is_first_visit(line: LineFacts, facts: ClaimFacts) -> bool:
    """Whether no visit that counts lies before the line: in the history, or earlier in the claim."""
    patient = facts.beneficiary
    earlier = any(other.date < line.date for other in facts.lines)
    return not earlier and not VisitHistory(patient.visits if patient else None).last_before(line.date)


def with_code(line: LineFacts, hcpcs: str, facts: ClaimFacts, tables: PolicyTables) -> LineDecision:
    """The line as it would be decided with another code."""
    lines = tuple(replace(each, hcpcs=hcpcs) if each.number == line.number else each for each in facts.lines)
    after = decide(replace(facts, lines=lines), tables)
    return next(each for each in after.lines if each.number == line.number)


def _effect(line: LineFacts, after: LineDecision) -> str:
    if after.outcome == "pay":
        return f"It would pay {dollars(after.paid)} for {in_words(line.date, line.date.year)}."
    if after.outcome == "hold":
        return "It would wait for its drug bill."
    return "Another edit would still keep it from being paid."


def _later(line: LineFacts, decided: LineDecision, tables: PolicyTables) -> str:
    """From which day the code as billed would do, and for how much."""
    eligible = next((finding.next_eligible for finding in decided.findings if finding.next_eligible), None)
    if eligible is None:
        return ""
    amount = f", then {dollars(decided.if_payable.paid)}" if decided.if_payable else ""
    return f"As initial visit {line.hcpcs}: from {weekday(eligible)}{amount}, with the discharge in your record."


# ---------- the rest ----------


def _remove(line: LineFacts) -> Suggestion:
    return Suggestion(
        act="remove",
        line=line.number,
        value="",
        title=f"Leave visit {line.number} out.",
        effect="The day is billed and paid once.",
        otherwise="",
        button=f"Remove visit {line.number}",
    )


def _split(line: LineFacts) -> Suggestion:
    assert line.through is not None
    days = (line.through - line.date).days + 1
    return Suggestion(
        act="split",
        line=line.number,
        value="",
        title=f"Bill {days} visits, one for each day.",
        effect="Each takes the code, the length and the charge of this one; correct what differs.",
        otherwise="",
        button=f"Split visit {line.number} by day",
    )


def _referring(line: LineFacts, facts: ClaimFacts) -> Iterator[Suggestion]:
    """The physician of the plan of care in force, where the claim names nobody with a valid NPI."""
    plan = governing_plan(facts.beneficiary.plans_of_care if facts.beneficiary else None, line.date)
    npi = plan.established_by_npi if plan else None
    if npi and is_npi(npi):
        yield Suggestion(
            act="referring",
            line=line.number,
            value=npi,
            title=f"Name NPI {npi} as referring provider.",
            effect="It is that of the physician who established the plan of care in force.",
            otherwise="",
            button=f"Use NPI {npi}",
        )
