"""What a check says in short: how many visits would be paid, and what would become of the others."""

from __future__ import annotations

from collections.abc import Sequence

from claims.models import LineOutcome
from claims.pages.wording import count_word, joined, sentence

FATES = {
    LineOutcome.PAY: "would be paid",
    LineOutcome.HOLD: "would wait for its drug bill",
    LineOutcome.SUSPEND: "would wait for a person",
    LineOutcome.DENY: "would be denied",
    None: "depends on the patient’s record",
}

WORDS = {
    LineOutcome.PAY: "Would pay",
    LineOutcome.HOLD: "Would be on hold",
    LineOutcome.SUSPEND: "Would be suspended",
    LineOutcome.DENY: "Would be denied",
}


def headline(outcomes: Sequence[LineOutcome | None]) -> str:
    """ "One of two visits would be paid", "Both visits would be paid", "The visit would be denied"."""
    counts = {fate: outcomes.count(fate) for fate in FATES if fate in outcomes}
    if len(counts) == 1:
        (fate,) = counts
        who = {1: "the visit", 2: "both visits"}.get(len(outcomes), f"all {count_word(len(outcomes))} visits")
        return sentence(f"{who} {_fate(fate, len(outcomes))}").rstrip(".")
    (first, count), *rest = counts.items()
    others = rest if len(rest) > 1 or first != LineOutcome.PAY or rest[0][0] != LineOutcome.DENY else []
    words = [f"{count_word(count)} of {count_word(len(outcomes))} visits {_fate(first, count)}"]
    words += [f"{count_word(number)} {_fate(fate, number)}" for fate, number in others]
    return sentence(joined(words)).rstrip(".")


def _fate(fate: LineOutcome | None, number: int) -> str:
    words = FATES[fate]
    return words if number == 1 else words.replace("its drug bill", "their drug bills").replace("depends", "depend")
