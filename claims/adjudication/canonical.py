"""Facts and decisions as canonical JSON: keys sorted, days as ISO text, money as text with its cents, and back.

Equal values give equal bytes, so two decisions can be compared byte for byte. Reading back gives the very values that
were written; a field that was added since takes its default, an unknown key is an error.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

import orjson

from claims.adjudication.decision import Decision, EvidenceValue
from claims.adjudication.facts import ClaimFacts

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
        scope[name] = _encoder(typing.cast(type, kind))
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
        value: Value = _decoder(typing.cast(Any, kind))(orjson.loads(text))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not the canonical JSON of {kind.__name__}: {error}") from error
    return value


@cache
def _decoder(kind: Any) -> Convert:
    """What turns plain JSON into a value of a type, built once for each type."""
    if kind == EvidenceValue:
        return _evidence
    if kind in (Decimal, dt.date):
        return Decimal if kind is Decimal else dt.date.fromisoformat
    if is_dataclass(kind):
        return _dataclass_decoder(typing.cast(type, kind))
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return _tuple_decoder(arguments)
    if origin in UNIONS:
        inner = _decoder(_not_none(arguments))
        return lambda value: None if value is None else inner(value)
    return lambda value: value


def _dataclass_decoder(kind: type) -> Convert:
    hints = typing.get_type_hints(kind)
    decoders = {name: _decoder(hints[name]) for name in _names(kind)}
    defaults = {field.name for field in fields(typing.cast(Any, kind)) if field.default is not MISSING}

    def decode(value: dict[str, Any]) -> Any:
        if unknown := value.keys() - decoders.keys():
            raise ValueError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
        return kind(
            **{
                name: decoder(value[name])
                for name, decoder in decoders.items()
                if name in value or name not in defaults
            }
        )

    return decode


def _tuple_decoder(arguments: tuple[Any, ...]) -> Convert:
    if arguments[-1] is Ellipsis:
        item = _decoder(arguments[0])
        return lambda value: tuple(item(each) for each in value)
    items = [_decoder(argument) for argument in arguments]
    return lambda value: tuple(item(each) for item, each in zip(items, value, strict=True))


def _evidence(value: Any) -> EvidenceValue:
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        return Decimal(text) if kind == AMOUNT else dt.date.fromisoformat(text)
    return typing.cast(EvidenceValue, value)
