"""Patients with decided and paid claims, and policy tables that are published after them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from accounts.models import Role, User
from claims.adjudication.queue import adjudicate_all
from claims.daily import move_business_date
from claims.mass.actions import approve, make, preview
from claims.mass.working import work
from claims.models import Claim, MassAdjustment
from policy.loaders import OURS_LAYOUT, Act, Source, load_file, table_of
from policy.models import Publication
from tests.accounts.cast import *  # noqa: F403
from tests.accounts.cast import make_person
from tests.factories.world import World, base_world

RECEIVED = dt.date(2026, 1, 16)
PAID = dt.date(2026, 2, 2)
TITLE = "New amounts of 2026"
WHY = "The amounts were published again with another figure"

#: National provider identifiers of suppliers, each valid.
NPIS = ("1234567893", "1679576722", "1245319599")


def line(code: str, day: int, month: int = 1) -> dict[str, object]:
    return {"hcpcs": code, "date_of_service": dt.date(2026, month, day)}


def world_of(number: int, **given: object) -> World:
    """A supplier and a patient of their own."""
    return base_world(
        **{  # type: ignore[arg-type]
            "supplier": {"npi": NPIS[number], "tin": f"5200000{number:02}"},
            "beneficiary": {"mbi__mbi": f"1EG4TE5MA{number}3"},
            **given,
        }
    )


@pytest.fixture
def world(tables: None) -> World:
    return world_of(0)


@pytest.fixture
def second(db: None) -> User:
    """Another examiner, without a limit."""
    return make_person("Sela Second", Role.EXAMINER)


def decided(world: World, *lines: dict[str, object], **given: object) -> Claim:
    claim = world.claim(lines=list(lines) or [line("G0088", 5)], **given)
    adjudicate_all()
    return again(claim)


def again(claim: Claim) -> Claim:
    """The claim as it is now."""
    return Claim.objects.get(pk=claim.pk)


def pay_all() -> None:
    """The payment day of the claims comes."""
    move_business_date(PAID)


def publish(table: str, text: str) -> Publication:
    source = Source(f"{table}.csv", text.encode(), table_of(OURS_LAYOUT, None, Path(f"{table}.csv")))
    publication = load_file(source, Act("the policy loader", "A test", "A test")).publication
    assert publication is not None
    return publication


def publish_amount(amount: str, code: str = "G0088") -> Publication:
    """Another national amount of a visit code in 2026."""
    return publish(
        "payment_amounts",
        "hcpcs,effective_from,effective_to,national_amount,source,basis\n"
        f"{code},2026-01-01,2026-12-31,{amount},A test,estimated\n",
    )


def previewed(by: User, claims: str = "all", **given: str) -> MassAdjustment:
    mass = make(TITLE, WHY, claims, by=by, **given)
    return worked(preview(mass, by=by))


def approved(by: User, second: User, claims: str = "all") -> MassAdjustment:
    return approve(previewed(by, claims), by=second, reason="Seen")


def worked(mass: MassAdjustment) -> MassAdjustment:
    """The mass adjustment after the worker has done what there was to do."""
    work(mass.pk)
    return MassAdjustment.objects.get(pk=mass.pk)
