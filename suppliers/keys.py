"""Keys of a supplier's programs: made, used, revoked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.actions import calendar_day, record_event
from accounts.models import Role, User
from policy.refusals import Refused
from suppliers.models import LONGEST_KEY_DAYS, ApiKey, Supplier, SupplierPerson
from suppliers.people import set_aside
from suppliers.rights import SCOPES, Duty, Right, require
from suppliers.tokens import digest_of, new_secret

#: By which people, and scanners of code that was published by mistake, recognise a key.
PREFIX = "hit_"

#: How much of a key is kept to be recognised by.
SHOWN = len(PREFIX) + 6

#: Keys of one supplier that may work at a time.
MOST_WORKING = 20

#: The use of a key is written down at most once in this time.
USE_IS_NOTED_EVERY = dt.timedelta(minutes=1)


@transaction.atomic
def make_key(supplier: Supplier, name: str, scopes: Collection[str], days: int, *, by: User) -> tuple[ApiKey, str]:
    """Make a key for `days` days; returns it and the key itself, which is kept nowhere and cannot be shown again."""
    require(by, Right.KEYS, supplier.pk)
    supplier = Supplier.objects.select_for_update().get(pk=supplier.pk)
    _refuse_what_is_no_key(supplier, name, scopes, days)
    secret = f"{PREFIX}{new_secret()}"
    now = timezone.now()
    key = ApiKey.objects.create(
        supplier=supplier,
        account=_account(supplier, name, digest_of(secret)),
        name=name,
        start=secret[:SHOWN],
        digest=digest_of(secret),
        scopes=[scope for scope in SCOPES if scope in scopes],
        made_by=by,
        made_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    SupplierPerson.objects.create(supplier=supplier, user=key.account, duty=Duty.PROGRAM)
    said = f"{by} made the key “{name}” ({key.start}…) of {supplier}: {', '.join(key.scopes)}."
    _record("key_made", key, by, said, scopes=key.scopes, expires_at=key.expires_at)
    return key, secret


def _refuse_what_is_no_key(supplier: Supplier, name: str, scopes: Collection[str], days: int) -> None:
    if not scopes or not set(scopes) <= set(SCOPES):
        raise Refused("Choose what the key may do, at least one of the list.", "no_scopes", "scopes")
    if not 1 <= days <= LONGEST_KEY_DAYS:
        raise Refused(f"A key lives from 1 to {LONGEST_KEY_DAYS} days.", "too_long", "days")
    working = supplier.api_keys.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())
    if working.filter(name=name).exists():
        raise Refused("A key with this name works already. Choose another name, or revoke that one.", "taken", "name")
    if working.count() >= MOST_WORKING:
        raise Refused(f"{MOST_WORKING} keys work already. Revoke those that nothing uses.", "too_many_keys")


def _account(supplier: Supplier, name: str, digest: str) -> User:
    """The program as the one who acts. It has no password, may not sign in, and its address receives nothing."""
    return User.objects.create_user(
        f"key-{digest[:16]}@keys.invalid",
        None,
        name=f"Key “{name}” of {supplier}"[:120],
        role=Role.SUPPLIER,
        is_active=False,
        is_program=True,
    )


@transaction.atomic
def revoke_key(key: ApiKey, *, by: User) -> None:
    """A key opens nothing from now on; its program sees nothing any more, whatever it still has."""
    require(by, Right.KEYS, key.supplier_id)
    key = ApiKey.objects.select_for_update().select_related("supplier").get(pk=key.pk)
    if key.revoked_at:
        raise Refused("This key was revoked already.", "revoked")
    key.revoked_at, key.revoked_by = timezone.now(), by
    key.save(update_fields=["revoked_at", "revoked_by"])
    set_aside(SupplierPerson.objects.get(supplier=key.supplier, user=key.account_id))
    _record("key_revoked", key, by, f"{by} revoked the key “{key}” ({key.start}…) of {key.supplier}.")


def key_with(secret: str) -> ApiKey | None:
    """The key that somebody showed, whether it still works or not; one query."""
    return ApiKey.objects.select_related("account").filter(digest=digest_of(secret)).first()


def note_use(key: ApiKey) -> None:
    """Write down that a key is used now, unless that was done less than a minute ago."""
    now = timezone.now()
    if key.last_used_at and now - key.last_used_at < USE_IS_NOTED_EVERY:
        return
    before = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - USE_IS_NOTED_EVERY)
    ApiKey.objects.filter(before, pk=key.pk).update(last_used_at=now)


def _record(verb: str, key: ApiKey, by: User, sentence: str, **data: object) -> None:
    record_event(verb, by=by, on=calendar_day(), about=key.supplier, sentence=sentence, data={"key": key.pk, **data})
