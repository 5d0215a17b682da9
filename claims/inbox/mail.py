"""E-mails that say that there are notices, how many, and where to sign in: never what they are about."""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts.actions import calendar_day
from accounts.models import Role, User
from claims.models import NoticeChoice, SupplierNotice
from claims.verification.settled import settled

logger = logging.getLogger(__name__)

TABLE = "claims_suppliernotice"


def mail_notices() -> int:
    """Send everyone who wants it one mail about what is new since the last; how many were sent.

    A mail that the server does not take is tried again at the next run, for its notices are not noted as mailed.
    """
    last = settled([TABLE], patience=0.0).get(TABLE)
    latest = SupplierNotice.objects.aggregate(latest=Max("pk"))["latest"] if last else None
    if not last or not latest:
        return 0
    return sum(_mail(person, min(last, latest), calendar_day()) for person in _people_to_tell(latest))


def _people_to_tell(latest: int) -> Iterator[User]:
    """People who act for somebody and were not told of the latest notice; one query."""
    told = NoticeChoice.objects.filter(mailed_up_to__gte=latest).values("user")
    silent = NoticeChoice.objects.filter(mail=NoticeChoice.Mail.NONE).values("user")
    people = User.objects.filter(role=Role.SUPPLIER, is_active=True, supplier_roles__isnull=False).distinct()
    yield from people.exclude(pk__in=told).exclude(pk__in=silent)


@transaction.atomic
def _mail(person: User, last: int, today: dt.date) -> bool:
    NoticeChoice.objects.get_or_create(user=person)
    choice = NoticeChoice.objects.select_for_update().get(user=person)
    if choice.mail == choice.Mail.NONE or (choice.mail == choice.Mail.DIGEST and choice.mailed_on == today):
        return False
    new = SupplierNotice.objects.visible_to(person).unread_by(person, choice.read_up_to)
    count = new.filter(pk__gt=choice.mailed_up_to, pk__lte=last).count()
    if count and not _sent(person, count):
        return False
    choice.mailed_up_to = last
    choice.mailed_on = today if count else choice.mailed_on
    choice.save(update_fields=["mailed_up_to", "mailed_on"])
    return bool(count)


def _sent(person: User, count: int) -> bool:
    words = "1 new notice" if count == 1 else f"{count} new notices"
    address = settings.SITE_ADDRESS + reverse("inbox:inbox")
    choose = "There you also choose when you are mailed."
    body = f"You have {words}. Sign in to see them:\n{address}\n\n{choose}\n"
    try:
        send_mail(f"{words}: sign in to see", body, None, [person.email])
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("A mail about notices was not sent to person %s: %s", person.pk, error)
        return False
    return True
