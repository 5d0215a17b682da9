"""How far reviewers agree: overall, by checklist point, by reviewer; as a page shows it and as rows of a CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accounts.models import Role, User
from medical_review.blind.readers import Pair, by_person, left_out, pairs
from medical_review.checklist import checklist_on
from medical_review.kappa import Agreement, agreement
from policy import clock


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One row: its name, what it is about, and the agreement."""

    name: str
    about: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class AgreementTable:
    title: str
    head: str
    rows: tuple[AgreementRow, ...]


@dataclass(frozen=True, slots=True)
class AgreementPage:
    tables: tuple[AgreementTable, ...]
    left_out: int

    @property
    def has_few(self) -> bool:
        return any(row.agreement.is_few for table in self.tables for row in table.rows)


def agreement_page(person: User) -> AgreementPage:
    """Everything for a medical director; of single reviewers, a reviewer reads only their own row. Eight queries."""
    found = pairs()
    tables = (
        AgreementTable("All reviewers", "What", tuple(_overall(found))),
        AgreementTable("By reviewer", "Reviewer", tuple(_by_reviewer(found, person))),
        AgreementTable("By checklist point", "Point", tuple(_by_point(found))),
    )
    return AgreementPage(tables, left_out())


def _overall(found: Sequence[Pair]) -> Iterator[AgreementRow]:
    yield AgreementRow("Points", "answers to P1 to P20", agreement([each.answers for each in found if each.point]))
    yield AgreementRow("Lines", "verdict, and the code where adjusted", _of_lines(found))


def _of_lines(found: Sequence[Pair]) -> Agreement:
    return agreement([each.answers for each in found if not each.point])


def _by_reviewer(found: Sequence[Pair], person: User) -> Iterator[AgreementRow]:
    """Each against all with whom they judged the same cases, the person's own answers first."""
    of = by_person(found)
    shown = User.objects.filter(pk__in=of).order_by("name", "pk")
    if person.role != Role.MEDICAL_DIRECTOR:
        shown = shown.filter(pk=person.pk)
    for each in shown:
        own = of[each.pk]
        yield AgreementRow(str(each), "points", agreement([it.seen_from(each.pk) for it in own if it.point]))
        yield AgreementRow(str(each), "lines", agreement([it.seen_from(each.pk) for it in own if not it.point]))


def _by_point(found: Sequence[Pair]) -> Iterator[AgreementRow]:
    for point in sorted(checklist_on(clock.today()), key=lambda each: each.number):
        answers = [each.answers for each in found if each.point == point.number]
        yield AgreementRow(point.name, point.title, agreement(answers))


HEAD = ("table", "name", "about", "pairs", "agreed", "percent agreement", "expected agreement", "kappa", "why no kappa")


def csv_rows(page: AgreementPage) -> Iterator[tuple[str, ...]]:
    """The rows of the page; the expected agreement as a fraction, so that kappa can be reckoned again exactly."""
    yield HEAD
    for table in page.tables:
        for row in table.rows:
            of = row.agreement
            percent, kappa = ("" if value is None else str(value) for value in (of.percent, of.kappa))
            yield (
                table.title,
                row.name,
                row.about,
                str(of.pairs),
                str(of.agreed),
                percent,
                str(of.expected),
                kappa,
                of.why_not,
            )
