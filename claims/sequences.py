"""Numbers that are given once: control numbers of interchanges, trace numbers of payments, claim numbers, row ids."""

from __future__ import annotations

from enum import StrEnum

from policy import sequences


class Sequence(StrEnum):
    """The sequences, by their names in the database."""

    #: ISA13 of everything that is sent, acknowledgements too; nine digits, then from 1 again.
    INTERCHANGE = "interchange_control_number"
    PAYMENT = "payment_trace_number"
    CLAIM = "icn_number"
    #: The ids of claims and of decisions, for rows that are written by COPY and must be known before.
    CLAIM_ID = "claims_claim_id_seq"
    DECISION_ID = "claims_decision_id_seq"


def take(sequence: Sequence) -> int:
    """The next number; one query."""
    return take_several(sequence, 1)[0]


def take_several(sequence: Sequence, count: int) -> list[int]:
    """The next `count` numbers, ascending; one query."""
    return sequences.take_several(sequence.value, count)
