"""`kill -9` in the middle of a run, and a second worker on the same mass adjustment; with real processes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from accounts.models import User
from claims.mass.listing import Item
from claims.mass.working import Did, step, work_all
from claims.models import Adjustment, ClaimStatus, MassState
from claims.payment.ledger import discrepancies
from tests.claims.mass.conftest import again, approved, decided, pay_all, publish_amount, worked, world_of
from tests.embedded.conftest import ROOT
from tests.factories.world import World
from tests.faults.installation import stuck_at, wait_until_stuck

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def test_a_process_that_is_killed_in_a_portion_leaves_nothing_of_it_and_the_next_one_finishes(
    child_environment: dict[str, str], world: World, examiner: User, second: User
) -> None:
    claims = [decided(world), decided(world_of(1))]
    pay_all()
    publish_amount("100.00")
    mass = approved(examiner, second)
    command = [sys.executable, "manage.py", "mass_adjustment", "work", str(mass.pk)]
    with stuck_at("accounts_event"):
        child = subprocess.Popen(command, cwd=ROOT, env=child_environment)
        wait_until_stuck("accounts_event")
        assert step(mass.pk) == Did.RESTS, "a second worker leaves it to the first"
        child.kill()
        child.wait()
    assert {item.state for item in mass.claims.all()} == {Item.State.CHANGES}
    assert not Adjustment.objects.exists()
    assert {again(claim).status for claim in claims} == {ClaimStatus.PAID}
    assert work_all() == 1
    assert (worked(mass).state, {item.state for item in mass.claims.all()}) == (MassState.DONE, {Item.State.DECIDED})
    assert [claim.decisions.count() for claim in claims] == [2, 2]
    assert discrepancies() == ()
