"""Keeping a case, and running those that are kept."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import Role, User
from claims.kept_cases.reading import NotACase, read_one
from claims.kept_cases.running import differences_of, in_words, standing_cases
from claims.scenarios.format import Case
from claims.scenarios.runner import run_case
from policy import clock
from policy.change_sets.actions import keep_writer, locked
from policy.models import ChangeSet, KeptCase, KeptCaseRun
from policy.models.change_set import ChangeSetState
from policy.readers import tables_as_known
from policy.refusals import Refused

#: Differences that a refusal has room for.
NAMED = 3


@transaction.atomic
def keep_case(
    text: str,
    *,
    by: User,
    reason: str,
    change_set: ChangeSet | None = None,
    is_retired: bool = False,
    seen: int | None = None,
) -> KeptCase:
    """Keep a new case, or the next version of one; `seen` is the version that the person began from, None for none.

    A case that is kept at once must hold under today's tables. What does not, or shall not be run any more, belongs
    to a draft of a change set, so that a second person sees it. Raises Refused.
    """
    _check_administrator(by)
    case = _read(text)
    latest = KeptCase.objects.select_for_update().filter(name=case.name).order_by("-version").first()
    if (latest.version if latest else None) != seen:
        raise Refused(_not_as_seen(case.name, latest), "changed_meanwhile", "text")
    if change_set is not None:
        _write_in(change_set, by)
    elif is_retired:
        raise Refused(
            "Choose a change set: a case is retired before the eyes of a second person.", "alone", "change_set"
        )
    else:
        _check_holds(case)
    kept = _version_after(latest, case, text, reason, by, change_set, is_retired)
    record_event(
        "kept_case_saved",
        by=by,
        on=clock.today(),
        about=kept,
        sentence=f"Case {kept.name} was {'retired' if is_retired else 'kept'} as version {kept.version}: {reason}",
        data={"change_set": change_set.pk if change_set else None},
    )
    return kept


def _check_administrator(by: User) -> None:
    if by.role != Role.ADMINISTRATOR:
        raise Refused("Only administrators keep cases.", "not_administrator")


def _read(text: str) -> Case:
    try:
        return read_one(text)
    except NotACase as error:
        raise Refused(str(error), "not_a_case", "text") from error


def _not_as_seen(name: str, latest: KeptCase | None) -> str:
    if latest is None:
        return f"There is no kept case {name}; keep it as a new one."
    return (
        f"Case {name} is kept in version {latest.version} by {latest.saved_by}; begin from that one, or choose another "
        "name."
    )


def _write_in(change_set: ChangeSet, by: User) -> None:
    """Who changes a case for a set wrote in it, and does not approve it."""
    locked(change_set, by, ChangeSetState.DRAFT)
    keep_writer(change_set, by)


def _check_holds(case: Case) -> None:
    found = run_case(case, tables_as_known()).differences
    if found:
        words = "; ".join(map(in_words, found[:NAMED]))
        raise Refused(
            f"It does not hold under today’s tables ({words}). Mend it, or choose the change set that makes it hold.",
            "does_not_hold",
            "text",
        )


def _version_after(
    latest: KeptCase | None,
    case: Case,
    text: str,
    reason: str,
    by: User,
    change_set: ChangeSet | None,
    is_retired: bool,
) -> KeptCase:
    kept = KeptCase(
        name=case.name,
        version=latest.version + 1 if latest else 1,
        title=case.title[:300],
        cites=case.cites[:300],
        text=text,
        reason=reason,
        change_set=change_set,
        is_retired=is_retired,
        saved_by=by,
        saved_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            kept.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(
            f"Case {case.name} was kept by somebody else a moment ago.", "changed_meanwhile", "text"
        ) from error
    return kept


def run_and_remember(*, by: User) -> list[KeptCaseRun]:
    """Run every standing case under the tables known now, and keep what came of each."""
    _check_administrator(by)
    tables, now = tables_as_known(), timezone.now()
    runs = [
        KeptCaseRun(
            case=case,
            publication=tables.publication,
            ran_at=now,
            ran_by=by,
            differences=list(differences_of(case, tables)),
        )
        for case in standing_cases()
    ]
    return KeptCaseRun.objects.bulk_create(runs)
