"""What a key of a scenario may hold. A kind takes the value and its path, and gives it back or says what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

Kind = Callable[[Any, str], Any]


class FormatError(Exception):
    """A file is not well formed: which file, which case, which key, and what is wrong with it."""

    def __init__(self, path: str, problem: str, file: str = "", case: str = "") -> None:
        super().__init__(problem)
        self.path = path
        self.problem = problem
        self.file = file
        self.case = case

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.case, self.path, self.problem) if part)


def text(value: Any, path: str) -> str:
    if not isinstance(value, str) or not value:
        raise FormatError(path, f"{value!r} is not text (quote what would read as a number)")
    return value


def day(value: Any, path: str) -> dt.date:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise FormatError(path, f"{value!r} is not a date (YYYY-MM-DD)")
    return value


def number(value: Any, path: str) -> Decimal:
    """An amount, a factor or a number of units, exactly as written."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise FormatError(path, f"{value!r} is not a number")
    return Decimal(value)


def whole(value: Any, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise FormatError(path, f"{value!r} is not a whole number")
    return value


def truth(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise FormatError(path, f"{value!r} is neither true nor false")
    return value


def one_of(*choices: str) -> Kind:
    def check(value: Any, path: str) -> str:
        if value not in choices:
            raise FormatError(path, f"{value!r} is not one of {', '.join(choices)}")
        return str(value)

    return check


def or_null(kind: Kind) -> Kind:
    return lambda value, path: None if value is None else kind(value, path)


def list_of(kind: Kind, length: int | None = None) -> Kind:
    def check(value: Any, path: str) -> list[Any]:
        if not isinstance(value, list):
            raise FormatError(path, f"{value!r} is not a list")
        if length is not None and len(value) != length:
            raise FormatError(path, f"has {len(value)} items, not {length}")
        return [kind(item, f"{path}[{place}]") for place, item in enumerate(value)]

    return check


def map_of(key_kind: Kind, kind: Kind) -> Kind:
    """A mapping whose keys are data, such as codes or years."""

    def check(value: Any, path: str) -> dict[Any, Any]:
        return {
            key_kind(key, f"{path} key"): kind(item, f"{path}.{key}") for key, item in _mapping(value, path).items()
        }

    return check


def fields(keys: Mapping[str, Kind], required: tuple[str, ...] = ()) -> Kind:
    """A mapping with the keys of the format; an unknown key is an error, and only the keys given come back."""

    def check(value: Any, path: str) -> dict[str, Any]:
        given = _mapping(value, path)
        for key in given:
            if key not in keys:
                raise FormatError(_join(path, str(key)), "unknown key")
        for key in required:
            if key not in given:
                raise FormatError(_join(path, key), "is missing")
        return {key: keys[key](item, _join(path, key)) for key, item in given.items()}

    return check


def item(keys: Mapping[str, Kind], required: tuple[str, ...] = ()) -> Kind:
    """An item of a list: an omitted key is null."""
    check = fields(keys, required)
    return lambda value, path: {**dict.fromkeys(keys), **check(value, path)}


def _mapping(value: Any, path: str) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise FormatError(path, f"{value!r} is not a mapping")
    return value


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
