"""The columns of CSV files: which column holds which field, and what it must look like.

A file has one header row, UTF-8, commas, ISO days, both ends of a span inside it; a line that begins with `#` is a
comment. Columns may stand in any order; one that is not listed here is an error, never skipped in silence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from policy import kinds
from policy.kinds import Kind
from policy.registry import FIRST_DAY

START, END = "start", "end"
#: In files of CMS a year stands for its first and its last day.
YEAR = "year"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file and the field of the row that it fills."""

    name: str
    field: str
    kind: Kind
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a file.

    passed_over   columns that a file may have and that no row keeps
    by_code       a file may have one column per visit code in place of a column `hcpcs`; this is what it holds
    finish        makes the fields of a row of the values that were read
    first_day     where a row begins if the file gives no first day at all
    """

    columns: tuple[Column, ...]
    passed_over: frozenset[str] = frozenset()
    by_code: Column | None = None
    finish: Callable[[dict[str, Any]], None] | None = None
    first_day: dt.date | None = None


def join_locality(values: dict[str, Any]) -> None:
    """Contractor and locality are one name: 12302-01."""
    values["locality"] = f"{values.pop('contractor')}-{values.pop('locality_number')}"


SPAN = (
    Column("effective_from", START, kinds.DAY),
    Column("effective_to", END, kinds.DAY.optional(), is_required=False),
)
PROVENANCE = (
    Column("source", "source", kinds.SOURCE),
    Column("basis", "basis", kinds.BASIS),
    Column("note", "note", kinds.NOTE.optional(""), is_required=False),
)
#: The feed of ZIP codes is made of one source, which the load names once.
FEED_PROVENANCE = (Column("source", "source", kinds.SOURCE, is_required=False), *PROVENANCE[1:])

#: The files of `policy/data`, and those that an administrator writes.
OURS: dict[str, Layout] = {
    "home_infusion_drugs": Layout(
        (
            Column("hcpcs", "hcpcs", kinds.DRUG_HCPCS),
            Column("modifier", "modifier", kinds.MODIFIER.optional("")),
            Column("payment_category", "payment_category", kinds.CATEGORY.optional()),
            Column("route", "route", kinds.text_of(20).optional("")),
            Column("descriptor", "descriptor", kinds.text_of(300)),
            Column("on_sad_exception", "on_sad_exception", kinds.TRUTH),
            *SPAN,
            *PROVENANCE,
        )
    ),
    "code_successions": Layout(
        (
            Column("predecessor", "predecessor", kinds.DRUG_HCPCS),
            Column("successor", "successor", kinds.DRUG_HCPCS),
            *SPAN,
            *PROVENANCE,
        )
    ),
    "visit_codes": Layout(
        (
            Column("hcpcs", "hcpcs", kinds.VISIT_HCPCS),
            Column("payment_category", "payment_category", kinds.CATEGORY),
            Column("visit_type", "visit_type", kinds.VISIT_TYPE),
            Column("short_descriptor", "short_descriptor", kinds.text_of(60)),
            Column("descriptor", "descriptor", kinds.text_of(600)),
            Column("descriptor_basis", "descriptor_basis", kinds.BASIS),
            *SPAN,
            *PROVENANCE,
        )
    ),
    "payment_amounts": Layout(
        (
            Column("hcpcs", "hcpcs", kinds.VISIT_HCPCS),
            Column("locality", "locality", kinds.LOCALITY.optional(""), is_required=False),
            Column("national_amount", "amount", kinds.AMOUNT),
            Column("method", "method", kinds.NOTE.optional(""), is_required=False),
            *SPAN,
            *PROVENANCE,
        ),
        passed_over=frozenset({"calendar_year"}),
    ),
    "gaf": Layout(
        (
            Column("contractor", "contractor", kinds.CONTRACTOR),
            Column("locality", "locality_number", kinds.LOCALITY_NUMBER),
            Column("state", "state", kinds.STATE),
            Column("name", "name", kinds.text_of(120)),
            Column("gaf", "factor", kinds.FACTOR),
            *SPAN,
            *PROVENANCE,
        ),
        passed_over=frozenset({"gpci_work", "gpci_pe", "gpci_mp"}),
        finish=join_locality,
    ),
    "zip_locality": Layout(
        (
            Column("zip5", "zip5", kinds.ZIP5),
            Column("state", "state", kinds.STATE),
            Column("contractor", "contractor", kinds.CONTRACTOR),
            Column("locality", "locality_number", kinds.LOCALITY_NUMBER),
            Column("share", "share", kinds.SHARE.optional(), is_required=False),
            *SPAN,
            *FEED_PROVENANCE,
        ),
        passed_over=frozenset({"county_fips"}),
        finish=join_locality,
    ),
    "part_b_deductible": Layout(
        (Column("amount", "amount", kinds.AMOUNT), *SPAN, *PROVENANCE),
        passed_over=frozenset({"calendar_year"}),
    ),
    "coinsurance": Layout((Column("rate", "rate", kinds.RATE), *SPAN, *PROVENANCE)),
    "sequestration": Layout((Column("rate", "rate", kinds.RATE), *SPAN, *PROVENANCE)),
    "interest": Layout(
        (
            Column("kind", "kind", kinds.INTEREST_KIND),
            Column("annual_rate", "rate", kinds.RATE),
            *SPAN,
            *PROVENANCE,
        )
    ),
    "place_of_service": Layout(
        (
            Column("code", "code", kinds.PLACE),
            Column("name", "name", kinds.text_of(120)),
            Column("home", "is_home", kinds.TRUTH),
            *SPAN,
            *PROVENANCE,
        )
    ),
    "accrediting_organizations": Layout(
        (
            Column("code", "code", kinds.SHORT_CODE),
            Column("name", "name", kinds.text_of(120)),
            Column("approved_from", START, kinds.DAY),
            Column("approved_to", END, kinds.DAY.optional(), is_required=False),
            *PROVENANCE,
        )
    ),
    "reason_codes": Layout(
        (
            Column("kind", "kind", kinds.REASON_KIND),
            Column("code", "code", kinds.SHORT_CODE),
            Column("meaning", "meaning", kinds.text_of(200)),
            Column("effective_from", START, kinds.DAY, is_required=False),
            Column("effective_to", END, kinds.DAY.optional(), is_required=False),
            *PROVENANCE,
        ),
        first_day=FIRST_DAY,
    ),
    "edit_dispositions": Layout(
        (
            Column("edit", "edit", kinds.EDIT),
            Column("title", "title", kinds.text_of(200)),
            Column("disposition", "disposition", kinds.DISPOSITION),
            Column("group", "group", kinds.GROUP_CODE.optional("")),
            Column("carc", "carc", kinds.CARC.optional("")),
            Column("rarc", "rarcs", kinds.RARCS),
            Column("remedy", "remedy", kinds.REMEDY.optional("")),
            *SPAN,
            *PROVENANCE,
        )
    ),
    "settings": Layout(
        (
            Column("name", "name", kinds.NAME),
            Column("value", "value", kinds.text_of(60)),
            *SPAN,
            *PROVENANCE,
        )
    ),
}
