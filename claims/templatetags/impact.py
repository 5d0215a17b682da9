"""What the page of a change set shows of its impact: policy imports nothing of claims, its template asks this tag."""

from __future__ import annotations

from django import template

from claims.impact.readers import Shown, shown_of
from claims.impact.telling import in_words
from claims.models import ImpactRun
from policy.models import ChangeSet

register = template.Library()


@register.simple_tag
def impact_of(change_set: ChangeSet) -> Shown:
    """The latest impact of a change set and how far it is."""
    return shown_of(change_set)


@register.filter
def in_one_sentence(run: ImpactRun) -> str:
    """ "12 lines of 9 claims change: +$1,234.56 to suppliers." """
    words = in_words(run)
    return words[:1].upper() + words[1:]
