"""People of a supplier: administrators invite them, change their duties, end their access."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from accounts.actions import calendar_day, record_event
from accounts.models import Role, User
from policy.refusals import Refused
from suppliers.models import Invitation, Supplier, SupplierPerson
from suppliers.rights import Duty, Right, require
from suppliers.tokens import digest_of, new_secret

#: How long the link of an invitation works.
INVITATION_DAYS = 7

#: Invitations of one supplier that may be open at a time, so that nobody fills others' mailboxes.
MOST_OPEN = 20

#: The duties that a person may be given.
DUTIES = tuple(duty for duty in Duty if duty != Duty.PROGRAM)


@transaction.atomic
def invite(supplier: Supplier, email: str, duty: str, *, by: User) -> tuple[Invitation, str]:
    """Invite whoever reads an e-mail address; returns the invitation and the token of its link, which is kept nowhere.

    An earlier invitation of the address that is still open stops working.
    """
    supplier = _locked(supplier, by)
    email = email.strip().lower()
    _refuse_who_cannot_be_invited(supplier, email)
    supplier.invitations.open().filter(email__iexact=email).update(withdrawn_at=timezone.now())
    if supplier.invitations.open().count() >= MOST_OPEN:
        raise Refused(
            f"{MOST_OPEN} invitations are open. Withdraw those that nobody will accept.", "too_many_invitations"
        )
    token = new_secret()
    invitation = Invitation.objects.create(
        supplier=supplier,
        email=email,
        duty=duty,
        digest=digest_of(token),
        made_by=by,
        expires_at=timezone.now() + dt.timedelta(days=INVITATION_DAYS),
    )
    said = f"{by} invited {email} to act for {supplier} as {Duty(duty).label.lower()}."
    _record("person_invited", supplier, by, said, invitation=invitation.pk, email=email, duty=duty)
    return invitation, token


def _refuse_who_cannot_be_invited(supplier: Supplier, email: str) -> None:
    if supplier.people.filter(user__email__iexact=email).exists():
        raise Refused("This person acts for the supplier already. Change the duty instead.", "acts_already", "email")
    known = User.objects.filter(email__iexact=email).first()
    if known and (known.role != Role.SUPPLIER or known.is_program):
        raise Refused("This address cannot act for a supplier. Give another.", "not_invitable", "email")


def send_invitation(invitation: Invitation, link: str) -> None:
    """Send the link to the address. Raises `OSError` when the mail server does not take it."""
    duty, supplier = invitation.get_duty_display().lower(), invitation.supplier
    send_mail(
        f"Invitation to act for {supplier}",
        f"{invitation.made_by} invites you to act for {supplier} as {duty} in {settings.CONTRACTOR['name']}’s system "
        f"for home infusion claims.\n\nOpen this link within {INVITATION_DAYS} days. It works once:\n{link}\n\n"
        "If you did not expect this, do nothing: nobody gets in without the link.\n",
        None,
        [invitation.email],
    )


def is_mail_kept_here() -> bool:
    """Whether this is a demonstration whose mail leaves as files, so that nobody would receive a link."""
    return settings.IS_DEMONSTRATION and settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """Take an open invitation back: its link stops working at once."""
    supplier = _locked(invitation.supplier, by)
    if not Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        raise Refused("This invitation was accepted or withdrawn meanwhile.", "not_open")
    said = f"{by} withdrew the invitation of {invitation.email} to act for {supplier}."
    _record("invitation_withdrawn", supplier, by, said, invitation=invitation.pk)


# ---------- the person who was invited ----------


def invitation_with(token: str) -> Invitation | None:
    """The invitation of a link that still works."""
    rows = Invitation.objects.open().filter(digest=digest_of(token), expires_at__gt=timezone.now())
    return rows.select_related("supplier", "made_by").first()


@transaction.atomic
def join(invitation: Invitation, person: User) -> SupplierPerson:
    """The invited person, who has an account with the address, acts for the supplier from now on."""
    Supplier.objects.select_for_update().get(pk=invitation.supplier_id)
    invitation = Invitation.objects.select_for_update().select_related("supplier", "made_by").get(pk=invitation.pk)
    if not invitation.is_open:
        raise Refused("This invitation does not work any more. Ask for a new one.", "not_open")
    if person.email.lower() != invitation.email or person.role != Role.SUPPLIER or not person.is_active:
        raise Refused(f"This invitation is for {invitation.email}. Sign in with that address.", "another_person")
    if invitation.supplier.people.filter(user=person).exists():
        raise Refused("You act for this supplier already.", "acts_already")
    row = SupplierPerson.objects.create(supplier=invitation.supplier, user=person, duty=invitation.duty)
    invitation.accepted_by, invitation.accepted_at = person, timezone.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    duty = row.get_duty_display().lower()
    said = f"{person} accepted the invitation of {invitation.made_by} and acts for {invitation.supplier} as {duty}."
    _record("person_joined", invitation.supplier, person, said, person=person.pk, duty=row.duty)
    return row


@transaction.atomic
def join_as_new_person(invitation: Invitation, name: str, password: str) -> User:
    """Make the account of somebody who was invited and had none, with the name and the password they chose."""
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise Refused("There is an account with this address. Sign in with it.", "has_account")
    person = User.objects.create_user(invitation.email, password, name=name, role=Role.SUPPLIER)
    made = f"{person} made an account by invitation."
    record_event("person_made", by=person, on=calendar_day(), about=person, sentence=made)
    join(invitation, person)
    return person


# ---------- people who act ----------


@transaction.atomic
def change_duty(row: SupplierPerson, duty: str, *, by: User) -> None:
    """Give a person another duty, which holds from their next request on."""
    supplier = _locked(row.supplier, by)
    row = _acting(row)
    before = row.get_duty_display().lower()
    if row.duty == duty:
        raise Refused(f"{row.person} is {before} already.", "no_change", "duty")
    if row.duty == Duty.ADMINISTRATOR:
        _refuse_to_lose_the_last_administrator(supplier, row)
    row.duty = duty
    row.save(update_fields=["duty"])
    said = f"{by} changed the duty of {row.person} at {supplier} from {before} to {row.get_duty_display().lower()}."
    _record("duty_changed", supplier, by, said, person=row.person.pk, duty=duty)


@transaction.atomic
def end_access(row: SupplierPerson, *, by: User) -> None:
    """A person does not act for the supplier any more; what they have open shows nothing of it from now on."""
    supplier = _locked(row.supplier, by)
    row = _acting(row)
    if row.duty == Duty.ADMINISTRATOR:
        _refuse_to_lose_the_last_administrator(supplier, row)
    set_aside(row)
    said = f"{by} ended the access of {row.person} to {supplier}."
    _record("access_ended", supplier, by, said, person=row.person.pk, duty=row.duty)


def set_aside(row: SupplierPerson) -> None:
    """The row of somebody who acts becomes that of somebody who acted."""
    row.user, row.former, row.ended_at = None, row.user, timezone.now()
    row.save(update_fields=["user", "former", "ended_at"])


def _locked(supplier: Supplier, by: User) -> Supplier:
    """The supplier's row, locked so that its people change one after another; 403 for whom it is not to change."""
    require(by, Right.PEOPLE, supplier.pk)
    return Supplier.objects.select_for_update().get(pk=supplier.pk)


def _acting(row: SupplierPerson) -> SupplierPerson:
    found = SupplierPerson.objects.current().select_related("user").filter(pk=row.pk).first()
    if found is None:
        raise Refused("The access of this person has ended already.", "ended")
    return found


def _refuse_to_lose_the_last_administrator(supplier: Supplier, row: SupplierPerson) -> None:
    others = supplier.people.filter(duty=Duty.ADMINISTRATOR, user__is_active=True).exclude(pk=row.pk)
    if not others.exists():
        raise Refused(
            f"{row.person} is the last administrator of {supplier}. Make another person administrator first.",
            "last_administrator",
        )


def _record(verb: str, supplier: Supplier, by: User, sentence: str, **data: object) -> None:
    record_event(verb, by=by, on=calendar_day(), about=supplier, sentence=sentence, data=data)
