"""Drawing a sample from a frame, so that anyone with the frame and the seed draws the same again. Pure.

At random: the claims in the order of the SHA-256 (in hexadecimal) of "seed/claim number"; by amount: the largest first.
The first of them are the sample. The frame's own hash is the SHA-256 over its lines "claim number amount", in order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeAlias

#: Claim number and amount in dollars.
Unit: TypeAlias = tuple[str, Decimal]


def frame_hash(frame: Sequence[Unit]) -> str:
    lines = "".join(f"{icn} {amount:.2f}\n" for icn, amount in frame)
    return hashlib.sha256(lines.encode()).hexdigest()


def at_random(frame: Sequence[Unit], seed: str, size: int) -> list[str]:
    """`size` claim numbers (all of a smaller frame), each as likely as any other."""
    return [icn for icn, _ in sorted(frame, key=lambda unit: _thrown(seed, unit[0]))[:size]]


def largest(frame: Sequence[Unit], seed: str, size: int) -> list[str]:
    """The `size` largest amounts; equal ones in the order that the seed gives."""
    return [icn for icn, _ in sorted(frame, key=lambda unit: (-unit[1], _thrown(seed, unit[0])))[:size]]


def _thrown(seed: str, icn: str) -> str:
    return hashlib.sha256(f"{seed}/{icn}".encode()).hexdigest()


METHODS: dict[str, Callable[[Sequence[Unit], str, int], list[str]]] = {"random": at_random, "amount": largest}
