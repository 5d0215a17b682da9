"""The lines of a claim with what decided them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from claims.adjudication.decision import Decision, Finding, LineDecision
from claims.adjudication.facts import ClaimFacts, LineFacts
from claims.edits.registry import edit_on
from claims.edits.wording import for_supplier
from claims.models import ClaimLine, LineOutcome
from claims.pages.claim.first_days import first_days
from claims.pages.claim.grounds import why_it_pays
from claims.pages.edit_words import in_short
from claims.pages.wording import with_days_bold
from policy.tables import PolicyTables

CATEGORIES = {1: "IV", 2: "subcutaneous", 3: "complex"}

#: Key of the evidence that names another claim, and the form of its number.
EARLIER_CLAIM = "earlier claim"
#: What a supplier reads where a determination took an edit's power to decide: not who made it.
SET_ASIDE = "Set aside by the contractor"
#: What may be done about a denial that no edit made.
APPEAL = "What the review found lacking, shown in a redetermination within 120 days of the notice (42 CFR 405.942)."
CLAIM_NUMBER = re.compile(r"\d{13}").fullmatch


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """A code of a denial with our words for it."""

    code: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FindingShown:
    """An edit that fired on a line: its title, the evidence, what it cites, what would make the line payable."""

    edit: str
    title: str
    sentence: str
    cites: tuple[str, ...]
    quote: str
    remedy: str
    next_eligible: dt.date | None
    first_days: tuple[SafeString, ...]
    earlier_claim: str
    set_aside: str

    @property
    def evidence(self) -> SafeString:
        """The sentence with its days in bold."""
        return with_days_bold(self.sentence)


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line: as billed, as decided, and why."""

    line: ClaimLine
    code_words: str
    outcome: LineOutcome | None
    reasons: tuple[ReasonCode, ...]
    paid: Decimal | None
    deciding: tuple[FindingShown, ...]
    set_aside: tuple[FindingShown, ...]
    informing: tuple[FindingShown, ...]
    grounds: tuple[SafeString, ...]
    not_evaluated: tuple[tuple[str, str], ...]

    @property
    def reason_words(self) -> str:
        """ "CO-B16 N570", with what it depends on while the line waits."""
        return " ".join(reason.code for reason in self.reasons)

    @property
    def is_undecided(self) -> bool:
        return self.outcome in (LineOutcome.HOLD, LineOutcome.SUSPEND)


Meanings = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class LineShower:
    """What all lines of a claim are shown with: the decision, its facts, the tables, our words for reason codes."""

    decision: Decision | None
    facts: ClaimFacts | None
    tables: PolicyTables
    meanings: Meanings
    is_for_supplier: bool

    def show(self, lines: Iterable[ClaimLine]) -> tuple[LineShown, ...]:
        decided = {line.number: line for line in self.decision.lines} if self.decision else {}
        billed = {line.number: line for line in self.facts.lines} if self.facts else {}
        return tuple(self._line(line, decided.get(line.number), billed.get(line.number)) for line in lines)

    def _line(self, line: ClaimLine, decided: LineDecision | None, facts: LineFacts | None) -> LineShown:
        findings = [(finding, self._finding(finding, line)) for finding in decided.findings] if decided else []
        return LineShown(
            line=line,
            code_words=self._code_words(line, facts),
            outcome=LineOutcome(decided.outcome) if decided else None,
            reasons=tuple(self._reasons(decided)) if decided else (),
            paid=decided.paid if decided and decided.outcome in ("pay", "deny") else None,
            deciding=tuple(shown for finding, shown in findings if finding.decides),
            set_aside=tuple(shown for finding, shown in findings if finding.set_aside),
            informing=tuple(shown for finding, shown in findings if finding.disposition == "inform"),
            grounds=tuple(self._grounds(decided, facts)),
            not_evaluated=tuple((skipped.edit, skipped.reason) for skipped in decided.not_evaluated) if decided else (),
        )

    def _code_words(self, line: ClaimLine, facts: LineFacts | None) -> str:
        """What the code billed means, and the one by which medical review had the line judged and priced instead."""
        words = self._meaning(line.hcpcs, line)
        reviewed = self.facts.as_reviewed(facts).hcpcs if self.facts and facts else line.hcpcs
        if reviewed == line.hcpcs:
            return words
        return f"{words}; by medical review {reviewed} {self._meaning(reviewed, line)}"

    def _meaning(self, hcpcs: str, line: ClaimLine) -> str:
        code = self.tables.visit_codes.on(hcpcs, line.date_of_service)
        if code is None:
            return "no visit code of that day"
        return f"{'initial' if code.is_initial else 'subsequent'}, {CATEGORIES[code.category]}"

    def _reasons(self, line: LineDecision) -> Iterator[ReasonCode]:
        if line.carc:
            yield ReasonCode(f"{line.group}-{line.carc}", self.meanings.get(("CARC", line.carc), ""))
        for code in line.rarcs:
            yield ReasonCode(code, self.meanings.get(("RARC", code), ""))

    def _grounds(self, decided: LineDecision | None, facts: LineFacts | None) -> Iterator[SafeString]:
        if decided and facts and self.facts and decided.outcome == "pay":
            yield from map(with_days_bold, why_it_pays(self.facts, self.facts.as_reviewed(facts), self.tables))

    def _finding(self, finding: Finding, line: ClaimLine) -> FindingShown:
        """A supplier never reads another supplier's name or claim number, nor who at the contractor decided."""
        shown = for_supplier(finding) if self.is_for_supplier else finding
        edit = edit_on(finding.edit, line.date_of_service)
        earlier = str(dict(finding.evidence).get(EARLIER_CLAIM) or "")
        return FindingShown(
            edit=finding.edit,
            title=edit.title if edit else in_short(finding.edit).capitalize(),
            sentence=shown.sentence,
            cites=edit.cites if edit else (),
            quote=edit.quote if edit else "",
            remedy=edit.remedy_for(finding) if edit else APPEAL,
            next_eligible=finding.next_eligible,
            first_days=tuple(map(with_days_bold, first_days(finding, line.date_of_service, self.facts))),
            earlier_claim=earlier if CLAIM_NUMBER(earlier) and not self.is_for_supplier else "",
            set_aside=SET_ASIDE if finding.set_aside and self.is_for_supplier else finding.set_aside,
        )
