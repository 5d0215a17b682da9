"""Why an act was refused: one sentence for the person, one code for programs."""

from __future__ import annotations


class Refused(Exception):
    """`str()` is the sentence; `code` names the rule; `field` the field of a form that it is about, if there is one.

    `row` is the number of the row of a change set that it is about, where it is about one.
    """

    def __init__(self, sentence: str, code: str, field: str | None = None, row: int | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.field = field
        self.row = row
