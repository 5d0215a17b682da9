"""Keys of programs: shown once, kept as a hash, bounded, revocable; the program acts and can never sign in."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Event, User
from accounts.readers import people
from policy.refusals import Refused
from suppliers import keys
from suppliers.keys import key_with, make_key, note_use, revoke_key
from suppliers.models import ApiKey, Supplier
from suppliers.rights import SCOPES, Duty, Right, held_by
from tests.claims.pages.scene import act_for
from tests.factories import SupplierFactory

pytestmark = pytest.mark.django_db


def made(supplier: Supplier, by: User, **given: Any) -> tuple[ApiKey, str]:
    values = {"name": "Nightly billing", "scopes": ["claims:send"], "days": 90, **given}
    return make_key(supplier, **values, by=by)


def test_only_the_hash_of_a_key_is_kept(supplier: Supplier, head: User) -> None:
    key, secret = made(supplier, head)
    assert secret.startswith("hit_")
    assert len(secret) == 47
    assert key.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert key.start == secret[:10]
    assert key_with(secret) == key
    assert key_with(secret[:-1]) is None
    event = Event.objects.get(verb="key_made")
    assert event.sentence == (
        f"Sam Supplier made the key “Nightly billing” ({key.start}…) of Harbor Infusion: claims:send."
    )
    assert secret not in f"{event.sentence} {event.data}"


def test_the_program_sees_its_supplier_and_holds_its_scopes_alone(supplier: Supplier, head: User) -> None:
    SupplierFactory()
    key, _ = made(supplier, head, scopes=["plans:read", "claims:read"])
    assert list(Supplier.objects.visible_to(key.account)) == [supplier]
    (held,) = held_by(key.account)
    assert (held.duty, held.rights) == (Duty.PROGRAM, {Right.CLAIMS_READ, Right.PLANS_READ})
    assert str(key.account) == "Key “Nightly billing” of Harbor Infusion"
    assert list(supplier.people.current()) == [supplier.people.get(user=head)]


def test_a_program_never_signs_in_and_is_nobody_on_the_page_of_people(supplier: Supplier, head: User) -> None:
    key, _ = made(supplier, head)
    assert not key.account.has_usable_password()
    assert key.account not in people()
    browser = Client()
    browser.force_login(key.account)
    assert browser.get("/").status_code == 302
    with pytest.raises(IntegrityError, match="person_program_never_signs_in"), transaction.atomic():
        User.objects.filter(pk=key.account_id).update(is_active=True)


def test_a_revoked_key_sees_nothing_whatever_still_holds_it(supplier: Supplier, head: User) -> None:
    key, secret = made(supplier, head)
    revoke_key(key, by=head)
    found = key_with(secret)
    assert found
    assert not found.works
    assert held_by(key.account) == ()
    assert not Supplier.objects.visible_to(key.account).exists()
    assert Event.objects.get(verb="key_revoked").data["key"] == key.pk
    with pytest.raises(Refused, match="already"):
        revoke_key(key, by=head)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["claims:read", "people"]}, "scopes"),
        ({"scopes": ["keys"]}, "scopes"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
    ],
)
def test_what_is_no_key_is_refused_at_its_field(supplier: Supplier, head: User, given: Any, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        made(supplier, head, **given)
    assert refusal.value.field == field
    assert not ApiKey.objects.exists()


def test_the_database_keeps_no_key_longer_than_a_year(supplier: Supplier, head: User) -> None:
    key, _ = made(supplier, head, days=365)
    with pytest.raises(IntegrityError, match="within_a_year"), transaction.atomic():
        ApiKey.objects.filter(pk=key.pk).update(expires_at=key.expires_at + dt.timedelta(days=1))


def test_a_name_is_free_again_when_its_key_works_no_more(
    supplier: Supplier, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = made(supplier, head)
    with pytest.raises(Refused, match="works already"):
        made(supplier, head)
    revoke_key(first, by=head)
    made(supplier, head)
    monkeypatch.setattr(keys, "MOST_WORKING", 1)
    with pytest.raises(Refused, match="1 keys work already"):
        made(supplier, head, name="Another")


def test_only_administrators_make_and_revoke_keys(
    supplier: Supplier, head: User, other_supplier_person: User, administrator: User, examiner: User
) -> None:
    key, _ = made(supplier, administrator)
    act_for(other_supplier_person, supplier, Duty.BILLER)
    for person in (other_supplier_person, examiner, key.account):
        with pytest.raises(PermissionDenied):
            made(supplier, person, name="Mine")
        with pytest.raises(PermissionDenied):
            revoke_key(key, by=person)


def test_use_is_noted_at_most_once_a_minute(supplier: Supplier, head: User, django_assert_num_queries: Any) -> None:
    key, _ = made(supplier, head)
    with django_assert_num_queries(1):
        note_use(key)
    key.refresh_from_db()
    first = key.last_used_at
    assert first
    with django_assert_num_queries(0):
        note_use(key)
    ApiKey.objects.filter(pk=key.pk).update(last_used_at=first - keys.USE_IS_NOTED_EVERY)
    key.refresh_from_db()
    note_use(key)
    key.refresh_from_db()
    assert key.last_used_at
    assert timezone.now() - key.last_used_at < dt.timedelta(seconds=30)


def test_the_scopes_are_all_rights_but_those_over_people_and_keys() -> None:
    assert set(Right) - set(SCOPES) == {Right.PEOPLE, Right.KEYS}
