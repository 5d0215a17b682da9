"""Reading a file and writing all its answers, as a caller would; shared by the tests and the mutator."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from claims.intake.x12.acknowledge_277ca import write_277ca
from claims.intake.x12.acknowledge_999 import write_999
from claims.intake.x12.acknowledge_ta1 import write_ta1
from claims.intake.x12.answers import Identity
from claims.intake.x12.checks import DEFAULT_FREQUENCIES
from claims.intake.x12.outcomes import ClaimOutcome, SetOutcome, outcome_of
from claims.intake.x12.reading import ClaimReading, FileReading, read_claims, read_file
from claims.intake.x12.readings import InterchangeReading
from claims.intake.x12.segments import Delimiters, segments_of

US = Identity("ZZ", "12302", "12302", "EXAMPLE MAC JL", "12302")
NOW = datetime(2026, 1, 16, 9, 15, tzinfo=UTC)
RECEIVED = date(2026, 1, 15)


@dataclass
class Answers:
    """What one interchange is answered with; None where no such answer is due."""

    interchange: InterchangeReading
    outcomes: list[SetOutcome]
    ta1: bytes | None
    functional: bytes | None
    claims: bytes | None


def claims_of(content: bytes, frequencies: frozenset[str] = DEFAULT_FREQUENCIES) -> list[ClaimReading]:
    """Every claim of a file."""
    sets = read_file(content).readable_sets()
    return [claim for transaction in sets for claim in read_claims(transaction, frequencies)]


def only_claim(content: bytes, frequencies: frozenset[str] = DEFAULT_FREQUENCIES) -> ClaimReading:
    """The claim of a file that holds one."""
    (claim,) = claims_of(content, frequencies)
    return claim


def icns_for(claims: list[ClaimOutcome]) -> dict[int, str]:
    return {claim.position: f"1126016{claim.position:06}" for claim in claims if claim.is_accepted}


def answer(reading: FileReading) -> list[Answers]:
    """The answers to every interchange of a file."""
    return [answer_interchange(interchange) for interchange in reading.interchanges]


def answer_interchange(interchange: InterchangeReading, note: str | None = None) -> Answers:
    sets = [] if note else interchange.readable_sets()
    outcomes = [SetOutcome(transaction, [*map(outcome_of, read_claims(transaction))]) for transaction in sets]
    claims = [claim for outcome in outcomes for claim in outcome.claims]
    needs_ta1 = not interchange.is_acknowledgement and (note is not None or interchange.needs_ta1)
    return Answers(
        interchange,
        outcomes,
        write_ta1(interchange, US, 404, NOW, note) if needs_ta1 else None,
        write_999(interchange, outcomes, US, 401, NOW) if not note and interchange.needs_999 else None,
        write_277ca(interchange, outcomes, icns_for(claims), US, 402, NOW, RECEIVED) if claims else None,
    )


def segments(content: bytes, delimiters: Delimiters | None = None) -> list[str]:
    """The segments of an answer, with the usual delimiters."""
    found = segments_of(content, 0, len(content), delimiters or Delimiters())
    return [text.translate(str.maketrans("\x1d\x1f\x1e", "*:^")) for text, _, _ in found]


def starting(content: bytes, *names: str) -> list[str]:
    """Those segments of an answer whose name is one of these."""
    return [text for text in segments(content) if text.split("*")[0] in names]
