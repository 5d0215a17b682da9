"""Receiving a file: keep it, read it, store its claims, answer what it asks. All of it or nothing of it is done.

The same bytes are received once. A receipt that was broken off is taken up again by the next one of the same file, or
by the sweep; one that was finished is answered with TA1 025 and a pointer to the first answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from claims.adjudication.queue import BATCH_SIZE, decide_now
from claims.inquiries.receiving import KINDS_OF_INQUIRIES, answer_inquiries, may_see_inquiries, read_inquiries
from claims.intake.answering import SEEN_BEFORE, Answering
from claims.intake.keeping import content_of, keep_file
from claims.intake.originals import NOTHING_MORE, LetIn, find_originals, take_their_places
from claims.intake.senders import refuse_for_others
from claims.intake.store import Origin, StoredClaim, store_claims
from claims.intake.x12.outcomes import ClaimOutcome, SetOutcome, outcome_of
from claims.intake.x12.reading import ClaimReading, FileReading, read_claims, read_file
from claims.intake.x12.readings import InterchangeReading
from claims.intake.x12.words import account_of
from claims.models import Acknowledgement, Interchange, ReceivedFile
from claims.nudge import nudge_after_commit
from policy import clock
from policy.readers import tables_as_known

#: Claims read before they are stored: bounds the memory of a file of any size.
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a file was answered: its row, whether the same bytes had come before, and what happened in words."""

    file: ReceivedFile
    is_duplicate: bool
    account: str
    answers: tuple[Acknowledgement, ...]

    @property
    def is_clean(self) -> bool:
        """Whether everything in the file was taken in."""
        return self.file.state == ReceivedFile.State.FINISHED and not self.file.rejected and not self.is_duplicate


def receive_file(content: bytes, name: str, *, by: User | None = None, let_in: LetIn = NOTHING_MORE) -> Receipt:
    """Receive the bytes of a file; never raises for what is in it. `by` is who sent it, when somebody signed in did.

    `let_in` is what an examiner lets in of a file that was written for a supplier's request.
    """
    file = keep_file(content, name, by)
    with transaction.atomic():
        lock_content(file.sha256)
        file.refresh_from_db()
        if file.state != ReceivedFile.State.RECEIVING:
            return received_before(file, content, by)
        Reception(file, let_in).work(content)
    return Receipt(file, False, file.account, tuple(answers_for(by, file)))


def finish_broken_off() -> int:
    """Take up every file whose receipt was broken off; how many."""
    unfinished = ReceivedFile.objects.filter(state=ReceivedFile.State.RECEIVING).order_by("pk")
    for file in unfinished:
        receive_file(content_of(file), file.name, by=file.submitted_by)
    return len(unfinished)


def lock_content(sha256: str) -> None:
    """Two receipts of the same bytes wait for each other; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])


def received_before(file: ReceivedFile, content: bytes, by: User | None) -> Receipt:
    """The same bytes once more: nothing is taken in, each interchange is told 025, and the first answers are named.

    Inquiries are answered by what they were answered the first time, for whom may see it: nobody is looked at again.
    """
    before = set(file.acknowledgements.values_list("pk", flat=True))
    answering = Answering(file, clock.now())
    for reading in read_file(content).interchanges:
        answering.answer(reading, None, SEEN_BEFORE, [], {})
    answers = answers_for(by, file).exclude(~Q(kind__in=KINDS_OF_INQUIRIES), pk__in=before)
    return Receipt(
        file,
        True,
        f"This file was received before, on {file.received_on:%B} {file.received_on.day}, {file.received_on.year}, as "
        f"“{file.name}”. Nothing was taken in again; its first answers are kept with it.",
        tuple(answers),
    )


def answers_for(person: User | None, file: ReceivedFile) -> QuerySet[Acknowledgement]:
    """The answers to a file that may be handed to a person who sent it, perhaps not as the first."""
    answers = file.acknowledgements.all()
    return answers if may_see_inquiries(file, person) else answers.exclude(kind__in=KINDS_OF_INQUIRIES)


class Reception:
    """One file being received, inside one transaction."""

    def __init__(self, file: ReceivedFile, let_in: LetIn = NOTHING_MORE) -> None:
        self.file, self.let_in = file, let_in
        self.now = clock.now()
        self.answering = Answering(file, self.now)
        self.frequencies = accepted_frequencies(file) | let_in.frequencies

    def work(self, content: bytes) -> None:
        reading = read_file(content)
        outcomes: list[SetOutcome] = []
        notes: dict[InterchangeReading, str] = {}
        for position, interchange in enumerate(reading.interchanges, 1):
            row, note = self.register(interchange, position)
            if note:
                notes[interchange] = note
            outcomes += self.take_in(interchange, row, note)
        self.finish(reading, outcomes, notes)

    def register(self, reading: InterchangeReading, position: int) -> tuple[Interchange, str]:
        """The row of an interchange; its note is 025 when the sender's control number was accepted before."""
        qualifier, sender = reading.sender
        row = Interchange(
            file=self.file,
            position=position,
            sender_qualifier=storable(qualifier)[:2],
            sender=storable(sender)[:15],
            control_number=storable(reading.control_number)[:9],
            is_test=reading.is_test,
            is_accepted=not reading.is_refused and not reading.is_acknowledgement,
            note_code=reading.errors[0] if reading.errors else "",
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            row.is_accepted, row.note_code = False, SEEN_BEFORE
            row.save(force_insert=True)
            return row, SEEN_BEFORE
        return row, ""

    def take_in(self, reading: InterchangeReading, row: Interchange, note: str) -> list[SetOutcome]:
        """Store the claims of an interchange, answer its inquiries, and acknowledge it."""
        origin = Origin(self.file.pk, row.pk, self.file.received_on, reading.is_test)
        icns: dict[int, str] = {}
        outcomes = []
        for transaction_set in () if note else reading.readable_sets():
            claims: list[ClaimOutcome] = []
            for chunk in chunks(read_claims(transaction_set, self.frequencies)):
                allowed = refuse_for_others(chunk, self.file.submitted_by)
                originals = find_originals(allowed, origin, self.let_in)
                stored = store_claims(originals.claims, origin, originals.ids)
                take_their_places(stored, originals)
                icns.update({claim.reading.position: claim.icn for claim in stored if claim.icn})
                claims += [outcome_of(claim) for claim in originals.claims]
                self.count(stored)
                if origin.is_test:
                    decide_test_claims(stored)
            outcomes.append(SetOutcome(transaction_set, claims))
        inquiries = read_inquiries(() if note else (reading,))
        outcomes_of_inquiries = inquiries.outcomes()
        outcomes += outcomes_of_inquiries
        self.answering.answer(reading, row, note, outcomes, icns)
        if outcomes_of_inquiries:
            answer_inquiries(inquiries, reading, row, self.answering)
            self.file.inquiries += inquiries.count
        return outcomes

    def count(self, stored: Sequence[StoredClaim]) -> None:
        accepted = sum(claim.icn is not None for claim in stored)
        self.file.accepted += accepted
        self.file.rejected += len(stored) - accepted

    def finish(
        self, reading: FileReading, outcomes: Sequence[SetOutcome], notes: dict[InterchangeReading, str]
    ) -> None:
        account = account_of(reading, outcomes, notes, self.file.inquiries)
        items = (f"{item.what}: {' '.join(item.reasons)}" for item in account.items)
        state = ReceivedFile.State
        self.file.account = storable("\n".join((account.summary, *items)))
        taken_in = self.file.accepted or self.file.rejected or self.file.inquiries
        self.file.state = state.FINISHED if taken_in else state.REFUSED
        self.file.finished_at = self.now
        self.file.save(update_fields=["account", "state", "finished_at", "accepted", "rejected", "inquiries"])
        if self.file.accepted:
            nudge_after_commit()


def storable(text: str) -> str:
    """A text without NUL, which no column holds: a damaged envelope may have one."""
    return text.replace("\0", "")


def chunks(readings: Iterator[ClaimReading]) -> Iterable[list[ClaimReading]]:
    while chunk := list(islice(readings, CHUNK)):
        yield chunk


def decide_test_claims(stored: Sequence[StoredClaim]) -> None:
    """Test claims go through no queue: they are decided where they are received, apart from all others."""
    ids = [claim.id for claim in stored if claim.icn]
    for start in range(0, len(ids), BATCH_SIZE):
        decide_now(ids[start : start + BATCH_SIZE])


def accepted_frequencies(file: ReceivedFile) -> frozenset[str]:
    """The claim frequency codes that are taken in: a dated setting, by the day of receipt; by default originals."""
    return frozenset(tables_as_known().setting_on("accepted_frequencies", file.received_on, "1").split())
