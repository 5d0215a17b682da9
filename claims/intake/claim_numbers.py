"""Claim numbers (ICN): two digits for how the claim came, the year and day of receipt, six digits in turn."""

from __future__ import annotations

import datetime as dt

from claims.sequences import Sequence, take_several

ELECTRONIC, PAPER, TEST = "02", "03", "99"

#: The last six digits come round after a million claims; two of one day never meet.
TURN = 1_000_000


def claim_numbers(count: int, received_on: dt.date, *, is_test: bool = False, is_paper: bool = False) -> list[str]:
    """`count` fresh claim numbers of 13 digits, such as 02 26062 031874."""
    kind = TEST if is_test else PAPER if is_paper else ELECTRONIC
    return [f"{kind}{received_on:%y%j}{number % TURN:06d}" for number in take_several(Sequence.CLAIM, count)]
