"""What people do with notices: read them, choose how they are told."""

from __future__ import annotations

from accounts.models import User
from claims.models import NoticeChoice, NoticeRead, SupplierNotice


def read_notice(notice: SupplierNotice, *, by: User) -> None:
    """Note that a person has read one."""
    NoticeRead.objects.get_or_create(notice=notice, user=by)


def read_all(up_to: int, *, by: User) -> None:
    """Note that a person has read all notices up to one, by its id; what came after it stays unread."""
    NoticeChoice.objects.get_or_create(user=by)
    NoticeChoice.objects.filter(user=by, read_up_to__lt=up_to).update(read_up_to=up_to)
    NoticeRead.objects.filter(user=by, notice__lte=up_to).delete()


def choose_mail(mail: str, *, by: User) -> None:
    """Choose how one is told by e-mail."""
    NoticeChoice.objects.update_or_create(user=by, defaults={"mail": mail})
