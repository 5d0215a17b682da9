"""The right answers of a training case, as a person would have given them."""

from __future__ import annotations

from medical_review.training.cases import TrainingCase


def answers_of(case: TrainingCase) -> dict[str, list[str]]:
    """The key as a draft: the points that it names, and every line on the first of its points."""
    points = {f"p{number}": [key.answer, key.page, key.why[:1000]] for number, key in case.points.items()}
    lines = {
        f"l{number}": [key.verdict, key.code, str(key.points[0]) if key.points else "", "", ""]
        for number, key in case.lines.items()
    }
    return {**points, **lines}


def posted(draft: dict[str, list[str]]) -> dict[str, str]:
    """A draft as a browser sends it."""
    sent = {}
    for name, values in draft.items():
        fields = ("", "-page", "-note") if name.startswith("p") else ("", "-code", "-point", "-codes", "-reason")
        sent |= {f"{name}{field}": value for field, value in zip(fields, values, strict=True)}
    return sent
