"""Triggers that leave an outbox row wherever a record about a supplier is written by which claims are judged."""

from __future__ import annotations

import pgtrigger
from django.db import models


class RecordKind(models.TextChoices):
    """The records about a supplier by which claims are judged."""

    SUPPLIER = "supplier", "The supplier itself"
    ENROLLMENT = "enrollment", "Enrolment"
    LICENSE = "license", "Licence"
    ACCREDITATION = "accreditation", "Accreditation"
    REVOCATION = "revocation", "Revocation of billing privileges"
    PREPAYMENT_REVIEW = "prepayment_review", "Review before payment"


#: The days for which a span says something else than before: of a span whose end moved those between the two ends, of
#: one that was changed otherwise those of both.
DAYS = """
IF TG_OP = 'INSERT' THEN
    affected := NEW.in_force;
ELSIF TG_OP = 'DELETE' THEN
    affected := OLD.in_force;
ELSIF lower(NEW.in_force) IS DISTINCT FROM lower(OLD.in_force)
      OR to_jsonb(NEW) - ARRAY['in_force', 'source'] <> to_jsonb(OLD) - ARRAY['in_force', 'source'] THEN
    affected := range_merge(OLD.in_force, NEW.in_force);
ELSIF NEW.in_force <> OLD.in_force THEN
    affected := daterange(
        least(upper(OLD.in_force), upper(NEW.in_force)),
        CASE WHEN upper_inf(OLD.in_force) OR upper_inf(NEW.in_force) THEN NULL
             ELSE greatest(upper(OLD.in_force), upper(NEW.in_force)) END);
ELSE
    RETURN NULL;
END IF;
INSERT INTO suppliers_recordarrival (supplier_id, kind, days)
VALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.supplier_id ELSE NEW.supplier_id END, '{kind}', affected);
RETURN NULL;
"""

SUPPLIER = f"""
IF TG_OP = 'INSERT' OR (OLD.npi, OLD.tin, OLD.kind, OLD.specialty) <> (NEW.npi, NEW.tin, NEW.kind, NEW.specialty) THEN
    INSERT INTO suppliers_recordarrival (supplier_id, kind, days)
    VALUES (NEW.id, '{RecordKind.SUPPLIER.value}', daterange(NULL, NULL));
END IF;
RETURN NULL;
"""  # noqa: S608 - our own text


def announces_days(kind: RecordKind) -> pgtrigger.Trigger:
    """The trigger of a table of spans."""
    return pgtrigger.Trigger(
        name="announce_days",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("affected", "daterange")],
        func=DAYS.replace("{kind}", kind.value),
    )


def announces_supplier() -> pgtrigger.Trigger:
    """The trigger of the suppliers themselves: a new one, or one that is another by what claims are judged by."""
    return pgtrigger.Trigger(
        name="announce_supplier", when=pgtrigger.After, operation=pgtrigger.Insert | pgtrigger.Update, func=SUPPLIER
    )
