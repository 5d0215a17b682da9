"""Facts and decisions as canonical JSON: keys sorted, days as ISO text, money as text with its cents, and back.

Equal values give equal bytes, so two decisions can be compared byte for byte. Reading back gives the very values that
were written; a field that was added since takes its default, an unknown key is an error.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

import orjson

from claims.adjudication.decision import Decision, EvidenceValue, Price
from claims.adjudication.facts import ClaimFacts, SupplierFacts

Value = TypeVar("Value")
Convert = Callable[[Any], Any]

DAY, AMOUNT = "day", "amount"


def dump_facts(facts: ClaimFacts) -> bytes:
    """The facts of a claim as canonical JSON."""
    return orjson.dumps(_encoder(ClaimFacts)(facts), default=str)


def dump_decision(decision: Decision) -> bytes:
    """A decision as canonical JSON."""
    return orjson.dumps(_encoder(Decision)(decision), default=str)


def facts_from_json(text: bytes | str) -> ClaimFacts:
    """The facts that `dump_facts` wrote; raises ValueError for JSON of another shape."""
    return _read(ClaimFacts, text)


def decision_from_json(text: bytes | str) -> Decision:
    """The decision that `dump_decision` wrote; raises ValueError for JSON of another shape."""
    return _read(Decision, text)


@cache
def _encoder(kind: type) -> Convert:
    """What turns a value of a dataclass into a dict with sorted keys.

    It is written out as one expression and compiled once, as dataclasses do with their own methods: this runs for every
    decision, and walking the fields at run time takes three times as long. Only names of our own classes go into it.
    """
    scope: dict[str, Any] = {}
    hints = typing.get_type_hints(kind)
    items = (f"{name!r}: {_plain(hints[name], f'value.{name}', scope)}" for name in sorted(_names(kind)))
    encode: Convert = eval(f"lambda value: {{{', '.join(items)}}}", scope)  # noqa: S307 - only names of our own classes
    return encode


def _plain(kind: Any, value: str, scope: dict[str, Any]) -> str:
    """The expression for the plain form of `value`, itself an expression of type `kind`; its names go into `scope`."""
    if kind == EvidenceValue:
        scope["evidence"] = _plain_evidence
        return f"evidence({value})"
    if is_dataclass(kind):
        name = typing.cast(type, kind).__name__
        encode = _encoder(typing.cast(type, kind))
        scope[name] = _WrittenOnce(encode) if kind in SHARED else encode
        return f"{name}({value})"
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple and arguments[-1] is Ellipsis:
        item = _plain(arguments[0], "item", scope)
        return value if item == "item" else f"[{item} for item in {value}]"
    if origin is tuple:
        parts = [_plain(each, f"{value}[{place}]", scope) for place, each in enumerate(arguments)]
        return f"[{', '.join(parts)}]"
    if origin in UNIONS:
        inner = _plain(_not_none(arguments), value, scope)
        return value if inner == value else f"(None if {value} is None else {inner})"
    return value


#: Values that many claims share, as the very same object: their JSON is written once.
SHARED = (Price, SupplierFacts)


class _WrittenOnce:
    """The JSON of values by their identity; each value is held, so that its identity is not given to another."""

    MOST = 10_000

    def __init__(self, encode: Convert) -> None:
        self._encode = encode
        self._written: dict[int, tuple[Any, orjson.Fragment]] = {}

    def __call__(self, value: Any) -> orjson.Fragment:
        found = self._written.get(id(value))
        if found is None:
            if len(self._written) >= self.MOST:
                self._written.clear()
            found = (value, orjson.Fragment(orjson.dumps(self._encode(value), default=str)))
            self._written[id(value)] = found
        return found[1]


def _plain_evidence(value: EvidenceValue) -> object:
    """Evidence may be text, a number, a day or an amount; days and amounts say so, for both look like text in JSON."""
    if isinstance(value, dt.date):
        return {DAY: value}
    return {AMOUNT: value} if isinstance(value, Decimal) else value


UNIONS = (types.UnionType, typing.Union)


def _not_none(arguments: tuple[Any, ...]) -> Any:
    return next(argument for argument in arguments if argument is not type(None))


def _names(kind: type) -> list[str]:
    return [field.name for field in fields(typing.cast(Any, kind))]


def _read(kind: type[Value], text: bytes | str) -> Value:
    try:
        value: Value = _reader(typing.cast(Any, kind))(orjson.loads(text))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not the canonical JSON of {kind.__name__}: {error}") from error
    return value


@cache
def _reader(kind: type) -> Convert:
    """What makes a dataclass of its plain form: one expression, compiled once, as `_encoder` is.

    A plain form with more or fewer keys than fields goes the long way: a field that was added since takes its default.
    """
    hints = typing.get_type_hints(kind)
    scope: dict[str, Any] = {"kind": kind, "long_way": lambda plain: _read_by_name(kind, plain)}
    values = [_value(hints[name], f"plain[{name!r}]", scope) for name in _names(kind)]
    code = f"lambda plain: kind({', '.join(values)}) if len(plain) == {len(values)} else long_way(plain)"
    read: Convert = eval(code, scope)  # noqa: S307 - only names of our own classes
    return read


def _read_by_name(kind: type, plain: dict[str, Any]) -> Any:
    if unknown := plain.keys() - {*_names(kind)}:
        raise ValueError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
    readers = _readers_by_name(kind)
    return kind(**{name: readers[name](value) for name, value in plain.items()})


@cache
def _readers_by_name(kind: type) -> dict[str, Convert]:
    scope: dict[str, Any] = {}
    hints = typing.get_type_hints(kind)
    return {name: eval(f"lambda plain: {_value(hints[name], 'plain', scope)}", scope) for name in _names(kind)}  # noqa: S307


def _value(kind: Any, plain: str, scope: dict[str, Any]) -> str:
    """The expression for the value of `plain`, itself an expression for the plain form of type `kind`."""
    if kind == EvidenceValue:
        scope["evidence"] = _evidence
        return f"evidence({plain})"
    if kind in (Decimal, dt.date):
        scope.update(amount=Decimal, day=dt.date.fromisoformat)
        return f"{'amount' if kind is Decimal else 'day'}({plain})"
    if is_dataclass(kind):
        name = typing.cast(type, kind).__name__
        scope[name] = _reader(typing.cast(type, kind))
        return f"{name}({plain})"
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple and arguments[-1] is Ellipsis:
        item = _value(arguments[0], "item", scope)
        return f"tuple({plain})" if item == "item" else f"tuple([{item} for item in {plain}])"
    if origin is tuple:
        names = [f"item{place}" for place in range(len(arguments))]
        parts = [_value(each, name, scope) for each, name in zip(arguments, names, strict=True)]
        return f"(lambda {', '.join(names)}: ({', '.join(parts)},))(*{plain})"
    if origin in UNIONS:
        inner = _value(_not_none(arguments), plain, scope)
        return plain if inner == plain else f"(None if {plain} is None else {inner})"
    return plain


def _evidence(value: Any) -> EvidenceValue:
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        return Decimal(text) if kind == AMOUNT else dt.date.fromisoformat(text)
    return typing.cast(EvidenceValue, value)
