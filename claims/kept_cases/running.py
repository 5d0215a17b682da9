"""Running the kept cases: under tables of any kind, and before a change set is approved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from django.db.models import Q, QuerySet

from claims.kept_cases.reading import NotACase, read_one
from claims.scenarios.compare import Difference, in_text
from claims.scenarios.runner import CaseResult, run_case
from policy.change_sets.reading import tables_with
from policy.models import ChangeSet, KeptCase
from policy.models.change_set import ChangeSetState
from policy.readers import current_publication, on_forgetting
from policy.refusals import Refused
from policy.tables import PolicyTables

#: Names of failing cases that a refusal has room for.
NAMED = 5


@dataclass(frozen=True, slots=True)
class KeptFailure:
    """A kept case that does not hold, with what came out otherwise in words."""

    case: KeptCase
    differences: tuple[str, ...]


def standing_cases(change_set: ChangeSet | None = None) -> list[KeptCase]:
    """The latest version of each case that is run, by name; one query.

    Versions of a change set that is not published do not stand yet, but those of `change_set` are taken as if it were.
    """
    stands = Q(change_set=None) | Q(change_set__state=ChangeSetState.PUBLISHED)
    if change_set is not None:
        stands |= Q(change_set=change_set)
    latest = versions().filter(stands).order_by("name", "-version").distinct("name")
    return [case for case in latest if not case.is_retired]


def versions() -> QuerySet[KeptCase]:
    """Every version with who saved it and for which change set."""
    return KeptCase.objects.select_related("saved_by", "change_set")


def run_kept_cases(tables: PolicyTables, change_set: ChangeSet | None = None) -> tuple[KeptFailure, ...]:
    """The kept cases that do not hold under these tables, those that `change_set` changes as it has them; one query."""
    return failures_of(standing_cases(change_set), tables)


def failures_of(cases: Iterable[KeptCase], tables: PolicyTables) -> tuple[KeptFailure, ...]:
    """Those of these cases that do not hold; no query."""
    found = ((case, differences_of(case, tables)) for case in cases)
    return tuple(KeptFailure(case, differences) for case, differences in found if differences)


def differences_of(case: KeptCase, tables: PolicyTables) -> tuple[str, ...]:
    """What came out otherwise than a case expects, in words; a text that is none any more says why."""
    try:
        result = run_text(case.text, tables)
    except NotACase as error:
        return (str(error),)
    return tuple(map(in_words, result.differences))


def run_text(text: str, tables: PolicyTables) -> CaseResult:
    """Run the case of a text; raises NotACase."""
    return run_case(read_one(text), tables)


def in_words(difference: Difference) -> str:
    """ "then.claims[0].status: expected pay, found deny" """
    return f"{difference.path}: expected {in_text(difference.expected)}, found {in_text(difference.found)}"


def check_kept_cases(change_set: ChangeSet) -> None:
    """Raises Refused while a kept case does not hold under a change set that does not itself change the case."""
    cases = tuple(standing_cases(change_set))
    if cases and (failures := _failures(cases, change_set, current_publication(), _mark(change_set))):
        raise Refused(_refusal(failures), "kept_cases_fail")


def _mark(change_set: ChangeSet) -> str:
    """What the rows of a set say, in short: another mark is another set of tables."""
    rows = change_set.rows.order_by("pk").values_list("table", "act", "replaces", "content", "start", "end")
    return sha256(repr(list(rows)).encode()).hexdigest()


@lru_cache(maxsize=8)
def _failures(
    cases: tuple[KeptCase, ...], change_set: ChangeSet, publication: int, mark: str
) -> tuple[KeptFailure, ...]:
    """Kept, since the page of a set that waits asks each time it is opened, and the tables are large."""
    return failures_of(cases, tables_with(change_set))


on_forgetting(_failures.cache_clear)


def _refusal(failures: Sequence[KeptFailure]) -> str:
    names = ", ".join(failure.case.name for failure in failures[:NAMED])
    more = f" and {len(failures) - NAMED} more" if len(failures) > NAMED else ""
    some = "kept case does" if len(failures) == 1 else "kept cases do"
    return (
        f"{len(failures)} {some} not hold under this change set: {names}{more}. Mend the rows, or change what the case "
        "expects in this same change set."
    )
