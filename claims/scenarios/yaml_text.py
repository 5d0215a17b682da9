"""Reading YAML as it is written: money never goes through a float, and a key given twice is an error."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml


class _Loader(yaml.SafeLoader):
    """A safe loader whose numbers with a point are exact decimals."""


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    text = str(loader.construct_scalar(node))
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise yaml.constructor.ConstructorError(None, None, f"{text} is no amount", node.start_mark) from None
    if not value.is_finite():
        raise yaml.constructor.ConstructorError(None, None, f"{text} is no amount", node.start_mark)
    return value


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    names: set[str] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value in names:
            raise yaml.constructor.ConstructorError(None, None, f"{key.value} is given twice", key.start_mark)
        names.add(key.value if isinstance(key, yaml.ScalarNode) else "")
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load_yaml(text: str) -> Any:
    """The value of a YAML text; raises yaml.YAMLError with line and column when it is none."""
    return yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
