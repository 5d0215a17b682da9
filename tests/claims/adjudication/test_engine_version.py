"""The engine's version: the same for the same source, another for any change of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from claims.adjudication.version import ENGINE_VERSION, ROOT, core_files, source_hash


def copy_of_core(folder: Path) -> Path:
    for path in core_files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return folder


def test_same_source_has_the_same_version_wherever_it_lies(tmp_path: Path) -> None:
    assert source_hash(copy_of_core(tmp_path)) == ENGINE_VERSION


def test_line_ends_do_not_matter_and_content_does(tmp_path: Path) -> None:
    pricing = copy_of_core(tmp_path) / "claims/pricing.py"
    source = pricing.read_bytes()
    pricing.write_bytes(source.replace(b"\n", b"\r\n"))
    assert source_hash(tmp_path) == ENGINE_VERSION
    pricing.write_bytes(source.replace(b"ROUND_HALF_UP", b"ROUND_HALF_DOWN"))
    assert source_hash(tmp_path) != ENGINE_VERSION


def test_new_edit_is_a_new_version(tmp_path: Path) -> None:
    (copy_of_core(tmp_path) / "claims/edits/hit_999_new.py").write_text("")
    assert source_hash(tmp_path) != ENGINE_VERSION
