"""The guides that are read, each with its grammar and its levels."""

from collections.abc import Mapping

from claims.intake.x12 import grammar_270, grammar_276
from claims.intake.x12.grammar import CLAIM_GRAMMAR, Grammar, read_grammar
from claims.intake.x12.hierarchy import CLAIM_LADDER, Ladder, Rung
from claims.intake.x12.readings import CLAIMS, ELIGIBILITY, STATUS, Guide

_ELIGIBILITY_LADDER = Ladder(
    "X279",
    (
        Rung("20", "2000A", "000", "HL", "2000B"),
        Rung("21", "2000B", "000", "HL", "2000C"),
        Rung("22", "2000C", "000"),
        Rung("23", "2000D", "000"),
    ),
    asked=("22", "23"),
)
_STATUS_LADDER = Ladder(
    "X212",
    (
        Rung("20", "2000A", "000", "HL", "2000B"),
        Rung("21", "2000B", "000", "HL", "2000C"),
        Rung("19", "2000C", "000", "HL", "2000D"),
        Rung("22", "2000D", "000"),
        Rung("23", "2000E", "000"),
    ),
    asked=("22", "23"),
)


def _levels(ladder: Ladder) -> frozenset[str]:
    return frozenset(rung.loop for rung in ladder.rungs.values())


GRAMMARS: Mapping[Guide, Grammar] = {
    CLAIMS: CLAIM_GRAMMAR,
    ELIGIBILITY: read_grammar("X279", grammar_270.GRAMMAR, grammar_270.MACROS, _levels(_ELIGIBILITY_LADDER)),
    STATUS: read_grammar("X212", grammar_276.GRAMMAR, grammar_276.MACROS, _levels(_STATUS_LADDER)),
}

#: A set of no guide that is read is only looked at, as if it held claims.
LADDERS: Mapping[Guide | None, Ladder] = {
    None: CLAIM_LADDER,
    CLAIMS: CLAIM_LADDER,
    ELIGIBILITY: _ELIGIBILITY_LADDER,
    STATUS: _STATUS_LADDER,
}
