"""Telling a worker of the letters that something is to be written or to be made into a PDF."""

from __future__ import annotations

from claims.nudge import nudge_after_commit

LETTERS = "medical_review.tasks.work_letters"


def nudge_letters() -> None:
    """After the commit. One that is lost costs only time: the schedule looks too."""
    nudge_after_commit(LETTERS)
