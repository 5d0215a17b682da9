"""The suppliers of a batch as facts, in two queries."""

from __future__ import annotations

from collections.abc import Iterable

from claims.adjudication.facts import Accreditation, License, Span, SupplierFacts, supplier_key
from claims.adjudication.reading.sql import Row, array, grouped, rows

SUPPLIERS = "SELECT id, npi, tin, name, kind, specialty FROM suppliers_supplier WHERE id = ANY(%s::bigint[])"

#: Every dated span of a supplier: supplier, what it is, first day, last day, and the State or organization it names.
SPANS = """
SELECT supplier_id, 'enrolled', lower(in_force), upper(in_force) - 1, '' FROM suppliers_enrollment
 WHERE supplier_id = ANY(%(ids)s::bigint[])
UNION ALL
SELECT supplier_id, 'licensed', lower(in_force), upper(in_force) - 1, state FROM suppliers_license
 WHERE supplier_id = ANY(%(ids)s::bigint[])
UNION ALL
SELECT supplier_id, 'accredited', lower(in_force), upper(in_force) - 1, organization FROM suppliers_accreditation
 WHERE supplier_id = ANY(%(ids)s::bigint[])
UNION ALL
SELECT supplier_id, 'revoked', lower(in_force), upper(in_force) - 1, '' FROM suppliers_revocation
 WHERE supplier_id = ANY(%(ids)s::bigint[])
UNION ALL
SELECT supplier_id, 'reviewed', lower(in_force), upper(in_force) - 1, '' FROM suppliers_prepaymentreview
 WHERE supplier_id = ANY(%(ids)s::bigint[])
ORDER BY 1, 2, 3, 5
"""


def read_suppliers(ids: Iterable[int]) -> dict[int, SupplierFacts]:
    wanted = array(set(ids))
    spans = grouped(SPANS, {"ids": wanted})
    return {row[0]: supplier_facts(row, spans[row[0]]) for row in rows(SUPPLIERS, [wanted])}


def supplier_facts(row: Row, spans: list[Row]) -> SupplierFacts:
    _, npi, tin, name, kind, specialty = row

    def of(what: str) -> tuple[Span, ...]:
        return tuple(Span(start, end) for found, start, end, _ in spans if found == what)

    return SupplierFacts(
        key=supplier_key(npi, tin),
        name=name,
        npi=npi,
        kind=kind,
        specialty=specialty,
        enrolled=of("enrolled"),
        revoked=of("revoked"),
        accredited=tuple(
            Accreditation(organization, Span(start, end))
            for what, start, end, organization in spans
            if what == "accredited"
        ),
        licensed=tuple(License(state, Span(start, end)) for what, start, end, state in spans if what == "licensed"),
        prepayment_review=of("reviewed"),
    )
