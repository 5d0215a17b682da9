"""A small world in which everything happens to claims that can; one step after the other, in a fixed order or drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from accounts.models import User
from beneficiaries.models import Beneficiary
from claims.adjudication.queue import adjudicate_all, decide_now
from claims.adjustments.actions import reopen, void
from claims.daily import move_business_date
from claims.determinations.actions import override
from claims.intake.receive import receive_file
from claims.inventory.on_the_clock import OPEN
from claims.models import Claim, ClaimStatus
from claims.payment.actions import resume_clock, stop_clock
from policy import clock
from policy.refusals import Refused
from tests.claims.intake.files import file_of
from tests.claims.pages.scene import line
from tests.factories.beneficiaries import BeneficiaryFactory, DrugBillFactory, PlanOfCareFactory
from tests.factories.world import World


@dataclass
class Life:
    """What may happen, drawn by `rng`; each step leaves the claims as an examiner or the scheduler would."""

    world: World
    examiner: User
    rng: Random
    files: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def claim(self, **given: Any) -> Claim:
        """A claim that came in today; its number is none that a file's claims get."""
        number = f"09{next(self.numbers):011d}"
        return self.world.claim(**{"received_on": clock.today(), "icn": number, **given})

    # ---------- claims come in ----------

    def payable(self) -> None:
        self.claim(beneficiary=self.patient(), lines=[line("G0088", dt.date(2026, 1, 5), 310)])

    def patient(self, *, has_plan: bool = True, has_drug: bool = True) -> Beneficiary:
        """Another patient than the world's."""
        patient = BeneficiaryFactory()
        if has_plan:
            PlanOfCareFactory(beneficiary=patient, supplier=self.world.supplier)
        if has_drug:
            DrugBillFactory(beneficiary=patient)
        return patient

    def denied_in_part(self) -> None:
        """Two visits of one day, of which one is denied."""
        self.claim(lines=[line("G0068", dt.date(2026, 1, 7), 300), line("G0068", dt.date(2026, 1, 7), 250)])

    def denied_for_its_place(self) -> None:
        self.claim(place_of_service="11")

    def on_hold(self) -> None:
        self.claim(beneficiary=self.patient(has_drug=False))

    def suspended(self) -> None:
        self.claim(beneficiary=self.patient(has_plan=False))

    def test_claim(self) -> None:
        decide_now([self.claim(is_test=True).pk])

    def of_an_earlier_day(self) -> None:
        """A paper claim, keyed some days after it came."""
        self.claim(channel="paper", received_on=clock.today() - dt.timedelta(days=self.rng.randint(1, 40)))

    def file(self) -> None:
        """Two claims, of which the gateway rejects one."""
        self.files += 1
        content = file_of(claims=2, control_number=self.files, charge=str(400 + self.files), mbis=MBIS)
        receive_file(content, f"{self.files}.x12", by=self.examiner)

    # ---------- and go on ----------

    def decide(self) -> None:
        adjudicate_all()

    def days_pass(self) -> None:
        move_business_date(clock.today() + dt.timedelta(days=self.rng.randint(1, 12)))

    def stop(self) -> None:
        if claim := self.any_of(ClaimStatus.SUSPENDED, ClaimStatus.ON_HOLD, ClaimStatus.PAYABLE):
            stop_clock(claim, on=clock.today() - dt.timedelta(days=self.rng.randint(0, 2)), reason="Records requested")

    def resume(self) -> None:
        if claim := Claim.objects.filter(clock_stops__resumed_on=None, clock_stops__isnull=False).first():
            resume_clock(claim, on=clock.today())

    def assign(self) -> None:
        if claim := self.any_of(*OPEN):
            Claim.objects.filter(pk=claim.pk).update(assigned_to=self.examiner)

    def override(self) -> None:
        if claim := self.any_of(ClaimStatus.DENIED, ClaimStatus.SUSPENDED):
            self.unless_refused(lambda: override(claim, claim.edits[0], None, reason="Seen on paper", by=self.examiner))

    def reopen(self) -> None:
        if claim := self.any_of(ClaimStatus.PAID, ClaimStatus.DENIED):
            self.unless_refused(lambda: reopen(claim, "A clerical error", by=self.examiner))

    def void(self) -> None:
        if claim := self.any_of(ClaimStatus.PAID, ClaimStatus.DENIED):
            self.unless_refused(lambda: void(claim, "Billed in error", by=self.examiner))

    def any_of(self, *statuses: ClaimStatus) -> Claim | None:
        claims = list(Claim.objects.filter(status__in=statuses, is_test=False).order_by("pk"))
        return self.rng.choice(claims) if claims else None

    def unless_refused(self, act: Callable[[], object]) -> None:
        """Some claims cannot be acted on; the world is as it was."""
        try:
            act()
        except Refused:
            return


MBIS = ("1EG4TE5MK73", "1EG4TE5MKXX")

ARRIVALS = (
    *("payable", "denied_in_part", "denied_for_its_place", "on_hold"),
    *("suspended", "test_claim", "of_an_earlier_day", "file"),
)
EVENTS = ("decide", "days_pass", "stop", "resume", "assign", "override", "reopen", "void")
EVERYTHING = (
    *ARRIVALS,
    "decide",
    "stop",
    "assign",
    "override",
    "decide",
    "days_pass",
    "resume",
    "file",
    "payable",
    "days_pass",
)
#: What follows on claims that were paid and told.
THEN = ("reopen", "decide", "void", "of_an_earlier_day", "days_pass", "override", "decide")


def grown(world: World, examiner: User) -> Life:
    """The world after all of it, with claims in every state."""
    life = Life(world, examiner, Random(7))
    for step in (*EVERYTHING, *THEN, *ARRIVALS, "assign", "decide", "stop", "payable", "on_hold", "assign", "assign"):
        getattr(life, step)()
    return life
