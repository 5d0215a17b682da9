"""A system that was interrupted while it was prepared is prepared at the next start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from hit_project.embedded import ExitCode, Refusal, preparation


@pytest.fixture
def calls(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The commands that are called, each with its options; the second time they work."""
    settings.VAR_DIR = tmp_path
    settings.IS_DEMONSTRATION = True
    (tmp_path / "run").mkdir()
    made: list[dict[str, Any]] = []

    def call(name: str, **options: Any) -> None:
        made.append({"name": name, **options})
        if len(made) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(preparation, "call_command", call)
    return made


@pytest.mark.django_db
def test_a_demonstration_whose_making_was_interrupted_is_made_anew(calls: list[dict[str, Any]]) -> None:
    with pytest.raises(KeyboardInterrupt):
        preparation._make_demonstration()
    assert preparation._demonstration_is_missing()
    preparation._make_demonstration()
    assert calls == [
        {"name": "make_demo_world", "again": False},
        {"name": "make_demo_world", "again": True},
        {"name": "make_demo_reviews"},
    ]
    assert not preparation._unfinished_demonstration().exists()


def test_real_data_are_not_taken_for_an_interrupted_demonstration(
    calls: list[dict[str, Any]], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyboardInterrupt):
        preparation._make_demonstration()
    settings.IS_DEMONSTRATION = False
    monkeypatch.setattr(preparation, "STEPS", ())
    preparation.prepare_system()
    assert not preparation._unfinished_demonstration().exists()


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def write() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(preparation, "STEPS", ((lambda: True, "Writing", write),))
    with pytest.raises(Refusal, match="disk is full") as refused:
        preparation.prepare_system()
    assert refused.value.code is ExitCode.DISK_FULL


def test_static_files_are_collected_again_only_when_one_has_changed(settings: Settings, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.css").write_text("a {}")
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [source]
    assert preparation._static_files_have_changed()
    preparation._collect_static_files()
    assert not preparation._static_files_have_changed()
    (source / "page.css").write_text("b {}")
    assert preparation._static_files_have_changed()
