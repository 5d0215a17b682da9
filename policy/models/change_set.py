"""Change sets: rows of the policy tables that one administrator proposes and another one lets be published.

What makes two persons of it is kept here, in the database, so that no page, program or statement gets around it: who
wrote in a set is kept, who wrote in it never decides it, what was proposed stays as it was proposed, and a publication
of a person belongs to a set that this person decided.
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from policy.models.publication import Publication
from policy.models.row import Basis

LONGEST_TITLE, LONGEST_SOURCE, LONGEST_REASON = 100, 300, 500


class ChangeSetState(models.TextChoices):
    """Where a change set stands; the arrows between the states are CHANGE_SET_ARROWS, which a trigger enforces."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Waits for approval"
    REFUSED = "refused", "Refused"
    SCHEDULED = "scheduled", "Approved, waits for its day"
    PUBLISHED = "published", "Published"
    DISCARDED = "discarded", "Discarded"

    @property
    def glyph(self) -> str:
        return SHOWN[self][0]

    @property
    def tone(self) -> str:
        return SHOWN[self][1]

    @property
    def meaning(self) -> str:
        return SHOWN[self][2]


State = ChangeSetState
#: Its glyph, its tone and what it means in a sentence.
SHOWN: dict[ChangeSetState, tuple[str, str, str]] = {
    State.DRAFT: ("ring-broken", "neutral", "Rows may still be put into it and taken out."),
    State.PROPOSED: ("eye", "waits", "An administrator who did not write in it decides."),
    State.REFUSED: ("octagon-x", "denied", "It may be mended and proposed again."),
    State.SCHEDULED: ("circle-check-open", "pays", "It is published by itself on its day."),
    State.PUBLISHED: ("circle-check", "pays", "Its rows are known."),
    State.DISCARDED: ("octagon-x", "neutral", "Nothing came of it."),
}
CHANGE_SET_ARROWS: dict[ChangeSetState, tuple[ChangeSetState, ...]] = {
    State.DRAFT: (State.PROPOSED, State.DISCARDED),
    State.PROPOSED: (State.DRAFT, State.REFUSED, State.SCHEDULED, State.PUBLISHED),
    State.REFUSED: (State.DRAFT,),
    State.SCHEDULED: (State.DRAFT, State.PUBLISHED),
    State.PUBLISHED: (),
    State.DISCARDED: (),
}
#: States in which somebody has decided.
DECIDED = (State.REFUSED, State.SCHEDULED, State.PUBLISHED)

#: What a set says stays as it is as soon as it is no draft; who made it stays always.
PROPOSED_STAYS = """
IF NEW.made_by_id <> OLD.made_by_id OR NEW.made_on <> OLD.made_on THEN
    RAISE EXCEPTION 'who made change set % stays', OLD.id USING ERRCODE = 'check_violation';
END IF;
IF OLD.state <> 'draft' AND (NEW.title, NEW.source, NEW.reason, NEW.publish_on, NEW.undoes_id)
    IS DISTINCT FROM (OLD.title, OLD.source, OLD.reason, OLD.publish_on, OLD.undoes_id) THEN
    RAISE EXCEPTION 'change set % is %, what it says stays', OLD.id, OLD.state USING ERRCODE = 'check_violation';
END IF;
IF OLD.publication_id IS NOT NULL AND NEW.* IS DISTINCT FROM OLD.* THEN
    RAISE EXCEPTION 'change set % is published', OLD.id USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
#: Whoever made a set or wrote in it never decides it.
SECOND_PERSON = """
IF EXISTS (SELECT FROM policy_changeseteditor WHERE change_set_id = NEW.id AND person_id = NEW.decided_by_id) THEN
    RAISE EXCEPTION 'who wrote in change set % cannot decide it', NEW.id USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
#: The maker is the first who wrote in it.
MAKER_WRITES = """
INSERT INTO policy_changeseteditor (change_set_id, person_id) VALUES (NEW.id, NEW.made_by_id) ON CONFLICT DO NOTHING;
RETURN NULL;
"""
#: The rows of a set change only while it is a draft; the lock keeps it from being proposed meanwhile.
ROWS_OF_A_DRAFT = """
SELECT state INTO found FROM policy_changeset
WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.change_set_id ELSE NEW.change_set_id END FOR SHARE;
IF found <> 'draft' THEN
    RAISE EXCEPTION 'the rows of a change set that is % stay', found USING ERRCODE = 'check_violation';
END IF;
IF TG_OP = 'DELETE' THEN
    RETURN OLD;
END IF;
IF TG_OP = 'UPDATE' AND NEW.change_set_id <> OLD.change_set_id THEN
    RAISE EXCEPTION 'a row stays in its change set' USING ERRCODE = 'check_violation';
END IF;
IF NOT EXISTS (
    SELECT FROM policy_changeseteditor WHERE change_set_id = NEW.change_set_id AND person_id = NEW.put_by_id
) THEN
    INSERT INTO policy_changeseteditor (change_set_id, person_id) VALUES (NEW.change_set_id, NEW.put_by_id)
    ON CONFLICT DO NOTHING;
END IF;
RETURN NEW;
"""
#: Who wrote in a set is never taken back.
EDITORS_STAY = "RAISE EXCEPTION 'who wrote in a change set stays' USING ERRCODE = 'check_violation';"


class ChangeSet(models.Model):
    """Rows that are published together, or not at all.

    `source` is the document that says so. `publish_on` is the business day from which the rows are to be known; one
    that has come is published as soon as it is approved. `undoes` is the published set that this one rolls back.
    `note` says why a set that was approved became a draft again by itself.
    """

    State = ChangeSetState

    title = models.CharField(max_length=LONGEST_TITLE)
    source = models.CharField(max_length=LONGEST_SOURCE)
    reason = models.CharField(max_length=LONGEST_REASON)
    publish_on = models.DateField("day of publication")
    undoes = models.ForeignKey("self", models.PROTECT, related_name="undone_by", null=True, blank=True)
    state = models.CharField(max_length=10, choices=ChangeSetState, default=ChangeSetState.DRAFT)
    note = models.CharField(max_length=LONGEST_REASON, blank=True)

    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_on = models.DateField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    proposed_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decision_reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    publication = models.OneToOneField(Publication, models.PROTECT, related_name="change_set", null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("made_by")) & ~Q(decided_by=F("proposed_by")) & Q(proposed_by__isnull=False)),
                name="policy_change_set_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_by__isnull=False, decided_on__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_by__isnull=True, decided_on__isnull=True)),
                name="policy_change_set_decided",
            ),
            models.CheckConstraint(
                condition=Q(state=State.PUBLISHED, publication__isnull=False)
                | (~Q(state=State.PUBLISHED) & Q(publication__isnull=True)),
                name="policy_change_set_published",
            ),
            models.UniqueConstraint(
                fields=["undoes"],
                condition=Q(undoes__isnull=False) & ~Q(state=State.DISCARDED),
                name="policy_change_set_undone_once",
            ),
        )
        triggers = (
            pgtrigger.FSM(
                name="change_set_moves_along_the_arrows",
                field="state",
                transitions=[(start, end) for start, ends in CHANGE_SET_ARROWS.items() for end in ends],
            ),
            pgtrigger.Trigger(
                name="proposed_stays", when=pgtrigger.Before, operation=pgtrigger.Update, func=PROPOSED_STAYS
            ),
            pgtrigger.Trigger(
                name="second_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__decided_by__isnull=False),
                func=SECOND_PERSON,
            ),
            pgtrigger.Trigger(
                name="begins_as_a_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state="draft"),
                func="RAISE EXCEPTION 'a change set begins as a draft' USING ERRCODE = 'check_violation';",
            ),
            pgtrigger.Trigger(name="maker_writes", when=pgtrigger.After, operation=pgtrigger.Insert, func=MAKER_WRITES),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"Change set {self.pk}"

    @property
    def state_shown(self) -> ChangeSetState:
        return ChangeSetState(self.state)

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_proposed(self) -> bool:
        return self.state == State.PROPOSED

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done with it."""
        return self.state in (State.DRAFT, State.PROPOSED, State.REFUSED, State.SCHEDULED)


class ChangeSetEditor(models.Model):
    """Who wrote in a change set: made it, put a row into it or took one out. Rows are added by triggers and acts."""

    change_set = models.ForeignKey(ChangeSet, models.PROTECT, related_name="editors", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["change_set", "person"], name="policy_change_set_editor_once"),)
        triggers = (
            pgtrigger.Trigger(
                name="editors_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=EDITORS_STAY,
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} in {self.change_set}"


class ProposedAct(models.TextChoices):
    """What a proposed row does."""

    ADD = "add", "Add a row"
    END = "end", "End a row"
    REPLACE = "replace", "Replace a row"
    LOAD = "load", "Row of a file"
    RESTORE = "restore", "Restore a row as it was known"
    REMOVE = "remove", "Take back a row"


class ProposedRow(models.Model):
    """One row of a change set.

    `replaces` are the rows known now whose place it takes, by primary key in `table`; when one of them is not known any
    more, the set is stale. `content` are the fields of the table as JSON, amounts as text; `start` through `end` are
    the days, both included (for an end, only the last day). `line` is where a file says it.
    """

    Act = ProposedAct

    change_set = models.ForeignKey(ChangeSet, models.PROTECT, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    table = models.CharField(max_length=40)
    act = models.CharField(max_length=10, choices=ProposedAct)
    replaces = ArrayField(models.BigIntegerField(), default=list, blank=True)
    content: models.Field[Any, Any] = models.JSONField(default=dict, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=LONGEST_SOURCE)
    basis = models.CharField(max_length=10, choices=Basis)
    note = models.TextField(blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    line = models.PositiveIntegerField(null=True, blank=True)
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ("change_set", "number")
        constraints = (
            models.UniqueConstraint(fields=["change_set", "number"], name="policy_proposed_row_once"),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="policy_proposed_row_span",
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="rows_of_a_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("found", "text")],
                func=ROWS_OF_A_DRAFT,
            ),
        )

    def __str__(self) -> str:
        return f"Row {self.number} of {self.change_set}"
