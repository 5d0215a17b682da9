"""The demonstration's world before it is stored: the same seed, the same world; its sample files are those shipped."""

from __future__ import annotations

from claims.demo.days import LAST_DAY, MAILING_DAYS
from claims.demo.samples import FOLDER, SAMPLES, sample_files
from claims.demo.suppliers import make_suppliers
from claims.demo.world import fingerprint, make_world
from claims.intake.x12.mbi import is_mbi
from policy.calendar import is_business_day


def test_the_same_seed_gives_the_same_world() -> None:
    assert fingerprint(make_world(25)) == fingerprint(make_world(25))


def test_another_seed_gives_another_world() -> None:
    assert fingerprint(make_world(25, seed=1)) != fingerprint(make_world(25, seed=2))


def test_a_larger_world_holds_the_smaller_one() -> None:
    small, large = make_world(10), make_world(30)
    names = [(draft.mbi, str(draft.beneficiary), len(draft.bills)) for draft in small.drafts[:10]]
    assert [(draft.mbi, str(draft.beneficiary), len(draft.bills)) for draft in large.drafts[:10]] == names


def test_files_go_out_on_business_days_of_the_year_and_each_control_number_once() -> None:
    world = make_world(40)
    assert set(world.mailings) <= set(MAILING_DAYS)
    assert all(is_business_day(day) for day in MAILING_DAYS if day.month in (2, 3) and day.year == 2026)
    assert MAILING_DAYS[-1] == LAST_DAY
    numbers = [(one.sender, one.control_number) for day in world.mailings.values() for one in day]
    assert len(numbers) == len(set(numbers))


def test_everybody_has_identifiers_of_the_right_form_that_are_nobody_elses() -> None:
    world = make_world(60)
    mbis = [draft.mbi for draft in world.drafts]
    assert all(map(is_mbi, mbis))
    assert len(set(mbis)) == len(mbis)
    suppliers = [found.supplier for found in make_suppliers()]
    assert len({supplier.npi for supplier in suppliers}) == len(suppliers) == 40


def test_the_shipped_sample_files_are_the_generated_ones() -> None:
    shipped = {path.name: path.read_bytes() for path in FOLDER.glob("*.x12")}
    assert shipped == sample_files(make_world(0).cast)


def test_the_readme_of_the_samples_names_every_claim_and_what_becomes_of_it() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name, samples in SAMPLES.items():
        assert f"## `{name}.x12`" in text
        for sample in samples:
            status, edits = sample.status.replace("_", " ") or "–", " ".join(sample.edits) or "–"
            assert f"| `{sample.control_number}` | {sample.shows} | {status} | {edits} |" in text
