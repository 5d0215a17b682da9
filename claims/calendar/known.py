"""What a decision knew beside what is known now: the same thing once, with what came or changed since."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known(Generic[T]):
    """A fact as the decision knew it, or as it came later; `now` is the same fact today, None when it is gone."""

    fact: T
    now: T | None
    is_later: bool = False

    def since(self, say: Callable[[T], str]) -> str:
        """What is to be said of the time after the decision, "" when nothing changed; `say` puts a fact into words."""
        if self.is_later:
            return "not among the decision’s facts"
        if self.now is None:
            return "no longer on file"
        words = say(self.now)
        return f"{words} since" if words != say(self.fact) else ""


def known(then: Iterable[T], now: Iterable[T] | None, key: Callable[[T], Hashable]) -> Iterator[Known[T]]:
    """The facts of the decision in their order, then what came later; `now` is None when nothing is to be compared."""
    before = list(then)
    if now is None:
        yield from (Known(fact, fact) for fact in before)
        return
    today = {key(fact): fact for fact in now}
    for fact in before:
        yield Known(fact, today.pop(key(fact), None))
    yield from (Known(fact, fact, is_later=True) for fact in today.values())
