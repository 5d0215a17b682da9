"""The one search box: a claim number, an MBI, an NPI, a supplier's or a patient's name. Spaces and case do not matter.

What one types may be a Medicare number or a name, so it never stands in an address: the session keeps it, and the
address has the key under which it lies there.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Role, User
from beneficiaries.models import Beneficiary, BeneficiaryMbi
from claims.intake.x12.mbi import is_mbi, normalize_mbi
from claims.models import Claim
from suppliers.models import Supplier

#: Where a session keeps what was searched for, and how many of them.
SESSION_KEY, MOST_KEPT = "claim_searches", 20

#: So many claims of one person are a page of the list.
MANY = 25

#: As many people and suppliers of one name as a search by name goes through.
MOST_NAMED = 500

CLAIM_NUMBER = re.compile(r"\d{13}").fullmatch
NPI = re.compile(r"[12]\d{9}").fullmatch


def keep_search(session: Any, words: str) -> str:
    """Keep the words of a search; the key for the address."""
    kept = session.get(SESSION_KEY, {})
    key = secrets.token_urlsafe(6)
    session[SESSION_KEY] = dict([*kept.items(), (key, words.strip()[:100])][-MOST_KEPT:])
    return key


def kept_search(session: Any, key: str) -> str:
    """The words kept under a key; empty when the session has ended since."""
    return str(session.get(SESSION_KEY, {}).get(key, ""))


def claim_number_in(words: str) -> str:
    """The claim number that the words are, or ""."""
    compact = words.replace(" ", "").replace("-", "")
    return compact if CLAIM_NUMBER(compact) else ""


def patient_with_many(words: str, user: User) -> int | None:
    """The one person whose MBI the words are, when the list could not show all their claims on its first page.

    Their own page then says more than the list would. None for people of suppliers, where several people have or had
    the number, and where a claim was billed with it that is not this person's: the list has that one too. Three queries
    at most.
    """
    mbi = normalize_mbi(words)
    if user.role == Role.SUPPLIER or not is_mbi(mbi):
        return None
    people = set(BeneficiaryMbi.objects.filter(mbi=mbi).values_list("beneficiary", flat=True))
    if len(people) != 1:
        return None
    (person,) = people
    has_many = Claim.objects.filter(beneficiary=person)[MANY : MANY + 1].exists()
    if not has_many or Claim.objects.filter(mbi=mbi).exclude(beneficiary=person).exists():
        return None
    return int(person)


@dataclass(frozen=True, slots=True)
class Found:
    """The condition on claims that a search means; with `is_cut` more people or suppliers have the name."""

    condition: Q
    is_cut: bool = False


def search_for(words: str, user: User) -> Found:
    """What a search by `user` means, exact identifiers first; two queries at most."""
    compact = normalize_mbi(words)
    if CLAIM_NUMBER(compact):
        return Found(Q(icn=compact))
    if is_mbi(compact):
        people = BeneficiaryMbi.objects.filter(mbi=compact).values_list("beneficiary", flat=True)
        return Found(Q(mbi=compact) | _of("beneficiary", set(people)))
    if NPI(compact):
        suppliers = Supplier.objects.visible_to(user).filter(npi=compact).values_list("pk", flat=True)
        return Found(_of("supplier", list(suppliers)) or Q(supplier__isnull=True, billing_npi=compact))
    return _own_claims(words, user) if user.role == Role.SUPPLIER else _named(words)


def _of(field: str, numbers: Collection[int]) -> Q:
    return Q(**{f"{field}__in": numbers}) if numbers else Q()


def _own_claims(words: str, user: User) -> Found:
    """A supplier's own claims by patient, by the supplier's own number of the claim, or by which supplier it is."""
    suppliers = Supplier.objects.visible_to(user).filter(name__icontains=words).values_list("pk", flat=True)
    own_number = Q(patient_control_number__iexact=words)
    return Found(_billed_name(words) | own_number | _of("supplier", list(suppliers)))


def _named(words: str) -> Found:
    """Claims of the people and the suppliers of a name, and those of patients who are not on file."""
    people, cut = _first(Beneficiary.objects.filter(_name("last_name", "first_name", words)))
    suppliers, cut_too = _first(Supplier.objects.filter(name__icontains=words))
    unknown = Q(beneficiary__isnull=True) & _billed_name(words)
    return Found(_of("beneficiary", people) | _of("supplier", suppliers) | unknown, cut or cut_too)


def _first(rows: QuerySet[Any]) -> tuple[list[int], bool]:
    """The ids of the first rows, and whether there are more."""
    found = list(rows.order_by("pk").values_list("pk", flat=True)[: MOST_NAMED + 1])
    return found[:MOST_NAMED], len(found) > MOST_NAMED


def _billed_name(words: str) -> Q:
    return _name("patient_last_name", "patient_first_name", words)


def _name(last: str, first: str, words: str) -> Q:
    """ "Evans", "Evans, Dora" or "Dora Evans": the beginnings of a surname and of a first name."""
    if "," in words:
        surname, _, given = (part.strip() for part in words.partition(","))
        return Q(**{f"{last}__istartswith": surname, f"{first}__istartswith": given})
    given, _, surname = words.strip().rpartition(" ")
    whole = Q(**{f"{last}__istartswith": words.strip()})
    return whole | Q(**{f"{last}__istartswith": surname, f"{first}__istartswith": given}) if given else whole
