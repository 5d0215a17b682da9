"""Which claim a row belongs to, for the sentence that names it."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from accounts.models import AccessLog, Event
from claims.models import Claim, Decision, LineDecision

CLAIM_LABEL = Claim._meta.label_lower


def claim_of_row(table: str, row: int) -> str:
    """The number of the claim that a row is about, "" when it is about none or can no longer be told."""
    model = _models()[table]
    found: object = None
    if model is LineDecision:
        found = _value(LineDecision, row, "decision__claim__icn")
    elif model in (Event, AccessLog):
        found = _claim_of_record(model, row)
    elif any(field.name == "claim" for field in model._meta.fields):
        found = _value(model, row, "claim__icn")
    return str(found or "")


def claim_of_removed(table: str, row: int) -> str:
    """The claim of a decision that is gone, by what still points to it; "" for rows to which nothing points."""
    if table != Decision._meta.db_table:
        return ""
    standing = Claim.objects.filter(current_decision=row).values_list("icn", flat=True).first()
    line = LineDecision.objects.filter(decision=row).values_list("line__claim__icn", flat=True).first()
    return standing or line or ""


def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}


def _value(model: type[models.Model], row: int, path: str) -> object:
    return model._default_manager.filter(pk=row).values_list(path, flat=True).first()


def _claim_of_record(model: type[models.Model], row: int) -> object:
    """Events and looks name what they are about: by number of the row, or by claim number."""
    about = model._default_manager.filter(pk=row).values_list("about_type", "about_id").first()
    if about is None or about[0] != CLAIM_LABEL or not about[1].isdecimal():
        return None
    return Claim.objects.filter(pk=int(about[1])).values_list("icn", flat=True).first()
