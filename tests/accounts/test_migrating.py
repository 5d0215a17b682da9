"""Making many tables in one step of a migration."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState, StateApps

from accounts.migrating import AtOnce


def key_to(model: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(f"clinic.{model}", models.PROTECT, related_name="+")


NUMBER = ("id", models.BigAutoField(primary_key=True))
WARD = CreateModel(
    "Ward",
    [NUMBER, ("head", key_to("Nurse")), ("beds", models.IntegerField())],
    {"indexes": [models.Index(fields=["beds"], name="clinic_ward_by_beds")]},
)
NURSE = CreateModel("Nurse", [NUMBER, ("ward", key_to("Ward"))])
BOTH = AtOnce([WARD, NURSE])


def keys_and_indexes() -> set[str]:
    """By their tables, where they lead or what they are called."""
    found = set()
    with connection.cursor() as cursor:
        for table in {"clinic_ward", "clinic_nurse"} & set(connection.introspection.table_names(cursor)):
            for name, what in connection.introspection.get_constraints(cursor, table).items():
                if what["foreign_key"]:
                    found.add(f"{table} to {what['foreign_key'][0]}")
                elif name == "clinic_ward_by_beds":
                    found.add(name)
    return found


@pytest.mark.django_db
def test_tables_that_point_to_each_other_are_made_and_taken_away() -> None:
    before, after = ProjectState(), ProjectState()
    BOTH.state_forwards("clinic", after)
    with connection.schema_editor() as editor:
        BOTH.database_forwards("clinic", editor, before, after)
    made = {"clinic_ward to clinic_nurse", "clinic_nurse to clinic_ward", "clinic_ward_by_beds"}
    assert keys_and_indexes() == made
    with connection.schema_editor() as editor:
        BOTH.database_backwards("clinic", editor, after, before)
    assert keys_and_indexes() == set()


def test_the_models_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    state, worked_out = ProjectState(), []
    assert not list(state.apps.get_models())
    render = StateApps.render_multiple

    def noted(apps: StateApps, model_states: list[Any]) -> None:
        worked_out.append(sorted(each.name for each in model_states if each.app_label == "clinic"))
        render(apps, model_states)

    monkeypatch.setattr(StateApps, "render_multiple", noted)
    BOTH.state_forwards("clinic", state)
    assert state.apps.get_model("clinic", "ward")._meta.get_field("head").related_model.__name__ == "Nurse"
    assert worked_out == [["Nurse", "Ward"]]
