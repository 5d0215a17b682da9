"""Damages valid files at random and sees that the reader and the writers bear it.

    python -m tests.claims.intake.x12.mutate --count 100000 --seed 1

Whatever the damage: nothing raises, every CLM that is counted comes out as a claim that is accepted or has a finding,
and every answer that is due can be written and read again by our own codec. A failure prints the seed that makes it.
"""

import argparse
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence

from claims.intake.x12.outcomes import SetOutcome
from claims.intake.x12.reading import FileReading, read_file
from claims.intake.x12.words import account_of
from tests.claims.intake.x12.answering import Answers, answer
from tests.claims.intake.x12.samples import COORDINATED, file_text, with_delimiters

LONGEST_SECONDS = 5

Mutation = Callable[[random.Random, bytes], bytes]

_VALUES = (
    *("", " ", "0", "-1", "1E5", "99999999999999999999", "20260230", "RD8", "20260105-20260101", "Z" * 300, "\xe9"),
    *("*", ":", "^", "~", "A:B:C:D:E:F:G:H:I:J", "A^B", "\x00", "\x1c", "\x1d", "\x1f", "\r\n", "18", "22", "\u212a"),
)
_SEGMENTS = (
    *("HL*9*1*22*0", "HL", "CLM*X*1***12:B:1*Y*A*Y*Y", "CLM", "LX*1", "NM1*QQ*1*X", "SBR*S*18*******MB", "SE*1*0001"),
    *("ST*837*0001*005010X222A1", "GE*1*101", "GS*HC", "IEA*1*000000101", "BIN*5*ab~*c", "BIN*99999*x"),
    *("BDS*ASC*3*x~y", "ISA*00*"),
    *("ZZZ*1", "REF*F8*1", "K3*X", "SVD*A*1*HC:G0068**1", "CAS*CO*45*1", "HI*BK:1", "TA1*1", "*", "lower*case"),
)


def _flip_byte(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]


def _insert_bytes(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + chance.randbytes(chance.randrange(1, 20)) + content[place:]


def _cut_bytes(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + content[place + chance.randrange(1, 200) :]


def _truncate(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


def _repeat_bytes(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    piece = content[place : place + chance.randrange(1, 400)]
    return content[:place] + piece * chance.randrange(1, 4) + content[place:]


def _on_elements(change: Callable[[random.Random, list[str]], None]) -> Mutation:
    def mutate(chance: random.Random, content: bytes) -> bytes:
        parts = content.decode("latin-1").split("~")
        place = chance.randrange(len(parts))
        elements = parts[place].split("*")
        change(chance, elements)
        parts[place] = "*".join(elements)
        return "~".join(parts).encode("utf-8")

    return mutate


def _set_element(chance: random.Random, elements: list[str]) -> None:
    elements[chance.randrange(len(elements))] = chance.choice(_VALUES)


def _drop_element(chance: random.Random, elements: list[str]) -> None:
    del elements[chance.randrange(len(elements))]


def _add_element(chance: random.Random, elements: list[str]) -> None:
    elements.insert(chance.randrange(len(elements) + 1), chance.choice(_VALUES))


def _on_segments(change: Callable[[random.Random, list[str]], None]) -> Mutation:
    def mutate(chance: random.Random, content: bytes) -> bytes:
        parts = content.decode("latin-1").split("~")
        change(chance, parts)
        return "~".join(parts).encode("latin-1", "replace")

    return mutate


def _drop_segment(chance: random.Random, parts: list[str]) -> None:
    del parts[chance.randrange(len(parts))]


def _repeat_segment(chance: random.Random, parts: list[str]) -> None:
    place = chance.randrange(len(parts))
    parts[place:place] = [parts[place]] * chance.randrange(1, 60)


def _swap_segments(chance: random.Random, parts: list[str]) -> None:
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    parts[one], parts[other] = parts[other], parts[one]


def _add_segment(chance: random.Random, parts: list[str]) -> None:
    parts.insert(chance.randrange(len(parts) + 1), chance.choice(_SEGMENTS))


MUTATIONS: tuple[Mutation, ...] = (
    *(_flip_byte, _insert_bytes, _cut_bytes, _truncate, _repeat_bytes),
    *map(_on_elements, (_set_element, _set_element, _set_element, _drop_element, _add_element)),
    *map(_on_segments, (_drop_segment, _repeat_segment, _swap_segments, _add_segment, _add_segment)),
)

BASES = tuple(
    text.encode("latin-1")
    for text in (
        file_text(1),
        file_text(3),
        COORDINATED,
        file_text(1) + file_text(2),
        with_delimiters(file_text(2), "|", "<", "\r").decode("latin-1"),
    )
)


def damaged(seed: int, bases: Sequence[bytes] = BASES) -> bytes:
    """The file that a seed makes of one of these."""
    chance = random.Random(seed)
    content = chance.choice(bases)
    for _ in range(chance.randrange(1, 4)):
        content = chance.choice(MUTATIONS)(chance, content) or b"I"
    return content


def check(content: bytes) -> None:
    """The invariants; AssertionError where one fails."""
    reading = read_file(content)
    answered = answer(reading)
    for answers in answered:
        for outcome in answers.outcomes:
            _check_set(outcome)
        _check_answers(answers)
    account_of(reading, [outcome for answers in answered for outcome in answers.outcomes])
    _check_extent(reading, content)


def _check_set(outcome: SetOutcome) -> None:
    transaction = outcome.transaction
    positions = [claim.position for claim in outcome.claims]
    assert positions == list(range(transaction.first_claim, transaction.first_claim + transaction.claim_count))
    for claim in outcome.claims:
        assert claim.is_accepted or claim.statuses, "a claim is refused without a status"


def _check_answers(answers: Answers) -> None:
    numbers = {"000000404": answers.ta1, "000000401": answers.functional, "000000402": answers.claims}
    for number, written in numbers.items():
        if written is not None:
            again = read_file(written)
            assert not again.problems, again.problems
            (interchange,) = again.interchanges
            assert interchange.control_number == number
            assert not interchange.errors, interchange.errors
            assert interchange.is_acknowledgement


def _check_extent(reading: FileReading, content: bytes) -> None:
    """Interchanges follow one another inside the file, and something is said of every file."""
    end = 0
    for interchange in reading.interchanges:
        assert end <= interchange.start < interchange.end <= len(content)
        end = interchange.end
    assert reading.interchanges or reading.problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failures, slowest, started = 0, 0.0, time.monotonic()
    for done, seed in enumerate(range(options.seed, options.seed + options.count), 1):
        begun = time.monotonic()
        signal.alarm(LONGEST_SECONDS)
        try:
            check(damaged(seed))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            failures += 1
            print(f"seed {seed}: {type(error).__name__}: {error}", flush=True)
        signal.alarm(0)
        slowest = max(slowest, time.monotonic() - begun)
        if done % 10_000 == 0:
            print(f"{done} files, {failures} failures, {time.monotonic() - started:.0f} s", flush=True)
    print(f"{options.count} files, {failures} failures, slowest {slowest * 1000:.0f} ms")
    return 1 if failures else 0


def _hang(signum: int, frame: object) -> None:
    raise TimeoutError(f"more than {LONGEST_SECONDS} s")


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, _hang)
    sys.exit(main())
