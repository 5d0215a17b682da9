"""Damaged files: nothing raises, nothing is lost, every answer can be written (the long run: `mutate`)."""

from claims.intake.x12.reading import read_file
from tests.claims.intake.x12.answering import answer
from tests.claims.intake.x12.mutate import BASES, check, damaged
from tests.claims.intake.x12.oracle import diagnostics


def test_the_files_that_are_damaged_are_whole_before() -> None:
    for content in BASES:
        for answers in answer(read_file(content)):
            assert all(claim.is_accepted for outcome in answers.outcomes for claim in outcome.claims)
            assert answers.outcomes


def test_five_hundred_damaged_files_are_borne() -> None:
    for seed in range(500):
        check(damaged(seed))


def test_pyx12_reads_the_ta1_and_277ca_that_damaged_files_get() -> None:
    for seed in range(60):
        for answers in answer(read_file(damaged(seed))):
            for written in (answers.ta1, answers.claims):
                assert written is None or diagnostics(written) == [], seed
