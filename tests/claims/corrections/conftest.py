from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from accounts.models import User
from claims.corrections.actions import begin_correction
from claims.models import Claim, ClaimDraft
from policy import clock, readers
from tests.accounts.cast import *  # noqa: F403
from tests.claims.pages.scene import *  # noqa: F403
from tests.claims.pages.scene import TODAY
from tests.factories.beneficiaries import OutsideVisitFactory
from tests.factories.policy import load_small_tables
from tests.factories.world import World, base_world


@pytest.fixture
def files_taken_in() -> None:
    """Marks a test in whose world the gateway takes frequencies 7 and 8 in."""


@pytest.fixture
def world(request: pytest.FixtureRequest, db: None) -> Iterator[World]:
    taken_in = [("accepted_frequencies,1,", "accepted_frequencies,1 7 8,")]
    load_small_tables(*taken_in if "files_taken_in" in request.fixturenames else ())
    clock.set_today(TODAY)
    yield base_world()
    readers.forget()


@pytest.fixture
def denied(world: World, decided: Callable[..., Claim]) -> Claim:
    """The base claim, an initial visit 16 days after a visit of another supplier: denied."""
    OutsideVisitFactory(
        beneficiary=world.beneficiary, date_of_service=dt.date(2025, 12, 20), supplier_name="Secret Infusion"
    )
    claim = decided()
    assert claim.status == "denied"
    return claim


@pytest.fixture
def correcting(denied: Claim, billing: object, supplier_person: User) -> ClaimDraft:
    """A draft filled from the denied claim."""
    return begin_correction(denied, by=supplier_person)


def put_right(draft: ClaimDraft, **line: Any) -> ClaimDraft:
    """The code that pays, saved in the draft, with what else is changed of its first visit."""
    draft.values["lines"][0] |= {"hcpcs": "G0068", **line}
    draft.save(update_fields=["values"])
    return draft
