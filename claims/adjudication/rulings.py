"""What the firing of an edit does on one claim: dispositions by day of receipt, and determinations of people."""

from __future__ import annotations

from typing import cast

from claims.adjudication.decision import Disposition, Finding, NotEvaluated
from claims.adjudication.facts import ClaimFacts, Determination
from claims.edits.base import Fired
from claims.edits.wording import in_words
from policy.tables import DispositionRow, PolicyTables

TIMELY_FILING_EDIT = "HIT-102"
DRUG_CATEGORY_EDIT = "HIT-504"
#: What stands in place of an edit's name where medical review denies a line, and the evidence that holds its codes.
REVIEW, CODES = "REVIEW", "reason codes"

NAMES = {
    "override": "Override",
    "waiver": "Waiver",
    "drug_category": "Payment category given",
    "timely_filing": "Exception to timely filing",
    "review_affirm": "Affirmed in medical review",
}


class Rulings:
    """Turns firings into findings for one claim, and remembers which table rows it used."""

    __slots__ = ("_claim", "_tables", "rows")

    def __init__(self, claim: ClaimFacts, tables: PolicyTables) -> None:
        self._claim = claim
        self._tables = tables
        self.rows: set[str] = set()

    def disposition_row(self, edit: str) -> DispositionRow | None:
        """The row in force on the day of receipt."""
        row = self._tables.dispositions.on(edit, self._claim.received)
        if row:
            self.rows.add(row.row)
        return row

    def rule(self, edit: str, line: int, fired: Fired) -> Finding | NotEvaluated:
        """The finding that a firing makes on a line; a remark that lacks its data is not evaluated (fine point l)."""
        row = self.disposition_row(edit)
        disposition = cast(Disposition, row.disposition if row else "suspend")
        is_remark = disposition in ("inform", "ignore")
        if fired.missing and is_remark:
            return NotEvaluated(edit, fired.sentence)
        set_aside = "" if fired.absolute else self._set_aside_by(edit, line)
        if fired.absolute if is_remark else fired.missing or fired.suspends:
            disposition = "suspend"
        return Finding(
            edit=edit,
            disposition=disposition,
            sentence=fired.sentence,
            evidence=fired.evidence,
            missing=fired.missing,
            set_aside=set_aside,
            next_eligible=fired.next_eligible,
        )

    def denied_by_review(self, line: int) -> list[Finding]:
        """The denial of a line that medical review decided, which stands beside the findings of edits."""
        return [
            Finding(REVIEW, "deny", denial.reason, ((CODES, denial.value), ("decided", denial.at)))
            for denial in self._claim.determinations
            if denial.kind == "review_deny" and denial.line == line
        ]

    def codes_of(self, reason: Finding | None) -> tuple[str, str, tuple[str, ...]]:
        """Group code, CARC and RARCs of the finding that decides: by the table, or as medical review gave them."""
        if reason is None:
            return "", "", ()
        if reason.edit == REVIEW:
            group, _, rest = str(dict(reason.evidence)[CODES]).partition("-")
            carc, *rarcs = rest.split()
            return group, carc, tuple(rarcs)
        row = self.disposition_row(reason.edit)
        return (row.group, row.carc, row.rarcs) if row else ("", "", ())

    def _set_aside_by(self, edit: str, line: int) -> str:
        for determination in self._claim.determinations:
            if determination.line in (None, line) and self._concerns(determination, edit):
                return f"{NAMES[determination.kind]} by {determination.by}, {in_words(determination.at)}"
        return ""

    def _concerns(self, determination: Determination, edit: str) -> bool:
        """Whether a determination takes this edit's power to decide, on the day the claim was received."""
        kind, until = determination.kind, determination.until
        is_in_time = until is None or self._claim.received <= until
        if kind == "drug_category":
            return edit == DRUG_CATEGORY_EDIT and determination.category is not None
        if kind == "timely_filing":
            return edit == TIMELY_FILING_EDIT and is_in_time
        return determination.edit == edit and (kind in ("override", "review_affirm") or is_in_time)
