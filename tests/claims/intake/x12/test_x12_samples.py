"""Files that others wrote: each is read to the verdict that a person reviewed. They lie outside of the project."""

import csv
from pathlib import Path

import pytest

from claims.intake.x12.reading import read_file
from tests.claims.intake.x12.answering import answer, claims_of, starting
from tests.claims.intake.x12.mutate import check
from tests.claims.intake.x12.samples import file_text
from tests.claims.intake.x12.verdicts import repaired, verdict

SAMPLES = Path(__file__).parents[5] / "shared/interop/samples"
TABLE = list(csv.DictReader((Path(__file__).parent / "foreign_samples.csv").open(newline="")))

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no samples in {SAMPLES}")


def foreign(name: str) -> bytes:
    """A sample by the name in the table: a file, an entry of a file of entries, or a file set right."""
    path, _, entry = name.partition("#")
    content = (SAMPLES / path).read_bytes()
    if entry == "repaired":
        return repaired(content)
    if entry:
        entries: dict[str, object] = {}
        exec(content.decode().partition("if __name__")[0], entries)
        return str(entries["datafiles"][entry]["source"]).encode()  # type: ignore[index]
    return content


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["file"])
def test_a_foreign_sample_is_read_to_its_reviewed_verdict(row: dict[str, str]) -> None:
    content = foreign(row["file"])
    assert verdict(content) == row["verdict"], row["why"]
    check(content)


def test_every_foreign_sample_is_in_the_table() -> None:
    foreign_paths = [path.relative_to(SAMPLES) for path in SAMPLES.glob("*/*") if path.parent.name != "own"]
    present = {str(path) for path in foreign_paths if path.suffix != ".py"}
    assert present <= {row["file"] for row in TABLE}


OWN = {
    "270_hit.x12": "IK5 A 0 of 0",
    "271_hit.x12": "AK9 R 1",
    "276_hit.x12": "IK5 A 0 of 0",
    "277_hit.x12": "AK9 R 1",
    "277ca_mixed.x12": "acknowledgement",
    "835_hit_mixed.x12": "AK9 R 1",
    "837p_hit_replacement.x12": "IK5 A 0 of 1 A7:535",
    "837p_hit_two_claims.x12": "IK5 A 2 of 2",
    "999_accepted.x12": "acknowledgement",
    "999_partial.x12": "acknowledgement",
    "999_rejected.x12": "acknowledgement",
    "ta1_duplicate.x12": "acknowledgement",
}


@pytest.mark.parametrize("path", sorted((SAMPLES / "own").glob("*")), ids=lambda path: path.name)
def test_one_of_our_own_samples_is_read_to_its_verdict(path: Path) -> None:
    content = path.read_bytes()
    assert verdict(content) == OWN[path.name]
    check(content)


def test_the_replacement_is_taken_where_replacements_are() -> None:
    content = (SAMPLES / "own/837p_hit_replacement.x12").read_bytes()
    (claim,) = claims_of(content, frozenset(("1", "7")))
    assert claim.is_accepted
    assert claim.submission.original_claim_number == "1126015000001"


def test_our_999_is_the_sample_that_was_checked() -> None:
    (answers,) = answer(read_file((SAMPLES / "own/837p_hit_two_claims.x12").read_bytes()))
    assert answers.functional == (SAMPLES / "own/999_accepted.x12").read_bytes()


def test_our_277ca_has_the_shape_of_the_sample_that_was_checked() -> None:
    sample = (SAMPLES / "own/277ca_mixed.x12").read_bytes()
    content = file_text(2).replace("1EG4TE5MK73", "1SG4TE5MK73").encode()
    (answers,) = answer(read_file(content))
    assert answers.claims is not None
    kinds = {tuple(line.split("*")[:2]) for line in starting(sample, "HL", "NM1", "QTY", "AMT", "DTP")}
    written = {tuple(line.split("*")[:2]) for line in starting(answers.claims, "HL", "NM1", "QTY", "AMT", "DTP")}
    assert written <= kinds
