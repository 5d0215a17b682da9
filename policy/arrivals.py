"""The arrival number: one sequence for everything that happens to a patient, so that it is worked in that order."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.expressions import Func, Value

from policy.sequences import take_several

SEQUENCE = "arrival_number"


def next_arrival() -> Func:
    """The database default of an `arrival` field."""
    return Func(Value(SEQUENCE), function="nextval", output_field=models.BigIntegerField())


def take_arrivals(count: int) -> list[int]:
    """`count` fresh arrival numbers, ascending."""
    return take_several(SEQUENCE, count)


class ArrivalField(models.BigIntegerField):
    """When something reached the system, as a number from the one sequence."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("db_default", next_arrival())
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)
