"""Files that came in: who may see which, what became of one, its rejected claims in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from claims.models import Claim, ClaimStatus, Interchange, ReceivedFile
from claims.pages.answers import AnswerShown, answer_shown
from claims.pages.keyset import Order, Page, Place, page_or_first
from suppliers.models import Supplier, SupplierPerson

PAGE_SIZE = 25
LATEST_FIRST = Order(("id",), is_descending=True)

#: Claims of a file that its page lists; the worklist has them all.
MOST_CLAIMS = 25


def files_visible_to(user: User) -> QuerySet[ReceivedFile]:
    """All for staff. For people of a supplier what they sent themselves, and files that hold only claims of theirs.

    What somebody sent is out of sight with the supplier that it names once they do not act for that one any more. What
    others asked about patients is not theirs to read: a file that asks is its sender's alone.
    """
    files = ReceivedFile.objects.select_related("submitted_by")
    if user.role != Role.SUPPLIER:
        return files
    of_file = Claim.objects.filter(file=OuterRef("pk"))
    own = own_claims(user)
    only_own = Exists(of_file.filter(own)) & ~Exists(of_file.exclude(own))
    left = SupplierPerson.objects.filter(former=user).exclude(supplier__people__user=user).values("supplier")
    names_left = Exists(of_file.filter(claims_of(Supplier.objects.filter(pk__in=left))))
    asked_for_left = Exists(
        ReceivedFile.asked_for.through.objects.filter(receivedfile=OuterRef("pk"), supplier__in=left)
    )
    return files.filter(Q(submitted_by=user) & ~Q(names_left) & ~Q(asked_for_left) | Q(only_own) & Q(inquiries=0))


def own_claims(user: User) -> Q:
    """Claims of the suppliers that a person acts for."""
    return claims_of(Supplier.objects.visible_to(user))


def claims_of(suppliers: QuerySet[Supplier]) -> Q:
    """Claims of suppliers; a rejected claim has no supplier yet, but names one."""
    named = suppliers.filter(npi=OuterRef("billing_npi"), tin=OuterRef("billing_tin"))
    return Q(supplier__in=suppliers) | (Q(supplier__isnull=True) & Q(Exists(named)))


def rejected_visible_to(user: User) -> QuerySet[Claim]:
    """The claims that the gateway rejected and that a person may see: of the files in sight."""
    return Claim.objects.filter(status=ClaimStatus.REJECTED, file__in=files_visible_to(user))


def file_list(user: User, place: Place) -> Page[ReceivedFile]:
    """A page of the files in sight, the latest first; one query."""
    return page_or_first(files_visible_to(user), LATEST_FIRST, PAGE_SIZE, place)


@dataclass(frozen=True, slots=True)
class RejectedShown:
    """A rejected claim with what the gateway found, one finding a row."""

    claim: Claim
    findings: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class FilePage:
    file: ReceivedFile
    interchanges: tuple[Interchange, ...]
    answers: tuple[AnswerShown, ...]
    claims: tuple[Claim, ...]
    rejected: tuple[RejectedShown, ...]
    by_status: tuple[tuple[ClaimStatus, int], ...]

    @property
    def summary(self) -> str:
        """The first sentence of what happened."""
        return self.file.account.partition("\n")[0]

    @property
    def account(self) -> list[str]:
        """What else happened, a sentence each."""
        return self.file.account.splitlines()[1:]


def file_page(file: ReceivedFile, user: User) -> FilePage:
    """One file with its answers and its first claims; five queries."""
    claims = Claim.objects.visible_to(user).filter(file=file)
    accepted = claims.exclude(status=ClaimStatus.REJECTED).order_by("position")
    rejected = rejected_visible_to(user).filter(file=file).order_by("position")
    counts = claims.order_by().values_list("status").annotate(Count("pk"))
    return FilePage(
        file=file,
        interchanges=tuple(file.interchanges.all()),
        answers=tuple(answer_shown(answer) for answer in file.acknowledgements.all()),
        claims=tuple(accepted.defer("billed", "gateway_findings")[:MOST_CLAIMS]),
        rejected=tuple(rejected_shown(claim) for claim in rejected[:MOST_CLAIMS]),
        by_status=tuple(sorted(((ClaimStatus(status), count) for status, count in counts), key=_by_order)),
    )


def rejected_shown(claim: Claim) -> RejectedShown:
    return RejectedShown(claim, tuple(claim.gateway_findings))


def _by_order(counted: tuple[ClaimStatus, int]) -> int:
    return list(ClaimStatus).index(counted[0])
