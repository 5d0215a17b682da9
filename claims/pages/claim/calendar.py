"""The visit calendar of a claim: the facts of the decision that stands, beside what is on file now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.adjudication.decision import Decision
from claims.adjudication.facts import ClaimFacts, LineFacts, SupplierFacts
from claims.adjudication.reading import read_batch
from claims.adjudication.reading.suppliers import read_suppliers
from claims.calendar.of_claim import claim_calendar, claim_window
from claims.calendar.scene import ClaimScene, Names, Patient
from claims.calendar.visits import OUTCOMES
from claims.edits.wording import in_words
from claims.models import Claim
from claims.pages.calendars import CalendarShown, calendar_shown
from claims.pages.claim.grounds import why_it_pays
from claims.pages.claim.lines import LineShown
from claims.pages.patient_facts import names_of, patient_on_file
from claims.pages.wording import sentences
from policy.tables import PolicyTables


@dataclass(frozen=True, slots=True)
class ClaimTold:
    """What the page knows of a claim: its decision with the facts, what each line says, the verdict in one sentence."""

    claim: Claim
    decision: Decision | None
    facts: ClaimFacts | None
    lines: tuple[LineShown, ...]
    headline: str
    is_for_supplier: bool


def calendar_of_claim(told: ClaimTold, tables: PolicyTables, today: dt.date) -> CalendarShown | None:
    """The calendar, None for a claim without lines.

    Ten queries beside a decision, three less for a supplier; a claim that was never decided is read as it would be.
    """
    facts = told.facts or _facts_now(told.claim, tables, today)
    if not facts.lines:
        return None
    scene = ClaimScene(facts, told.decision, None, None, tables, today, told.is_for_supplier)
    scene = _with_what_is_on_file(scene, told.claim) if facts.beneficiary or facts.supplier else scene
    whose = " ".join(filter(None, (told.claim.patient_first_name, told.claim.patient_last_name)))
    words = sentences(told.headline, *_in_words(scene, told.lines))
    return calendar_shown(claim_calendar(scene, whose, words), "calendar")


def _facts_now(claim: Claim, tables: PolicyTables, today: dt.date) -> ClaimFacts:
    (read,) = read_batch([claim.pk], tables, today)
    return read.facts


def _with_what_is_on_file(scene: ClaimScene, claim: Claim) -> ClaimScene:
    """The scene with the patient and the supplier as they are today; a test claim sees no history, now or then."""
    now = supplier = None
    names = Names()
    window = claim_window(scene)
    if claim.beneficiary_id and not scene.is_for_supplier:
        names = names_of(claim.beneficiary_id, window)
    if claim.beneficiary_id and scene.decision and not claim.is_test:
        own = (claim.pk, claim.replaces_id)
        now = patient_on_file(claim.beneficiary_id, window).facts(supplier_id=claim.supplier_id, own=own)
        supplier = _supplier_now(claim)
    patient = Patient(scene.facts.beneficiary, now, names) if scene.facts.beneficiary else None
    return ClaimScene(scene.facts, scene.decision, patient, supplier, scene.tables, scene.today, scene.is_for_supplier)


def _supplier_now(claim: Claim) -> SupplierFacts | None:
    return read_suppliers([claim.supplier_id]).get(claim.supplier_id) if claim.supplier_id else None


# ---------- the same words as the verdict ----------


def _in_words(scene: ClaimScene, lines: Iterable[LineShown]) -> Iterator[str]:
    """A sentence on each line and what decides it, in the words that stand beside the line."""
    billed = {line.number: line for line in scene.lines}
    for shown in lines:
        line = billed[shown.line.number]
        outcome = OUTCOMES[shown.outcome] if shown.outcome else "is not decided"
        verb = outcome if outcome.startswith(("pays", "waits", "is ")) else f"is {outcome}"
        yield f"Line {line.number}, {line.hcpcs} on {in_words(line.date, scene.today.year)}, {verb}"
        yield from (finding.sentence for finding in shown.deciding)
        yield from _grounds(scene, line, is_paying=shown.outcome == "pay")


def _grounds(scene: ClaimScene, line: LineFacts, *, is_paying: bool) -> tuple[str, ...]:
    return why_it_pays(scene.facts, line, scene.tables) if is_paying else ()
