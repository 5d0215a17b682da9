"""The format of a scenario: every key and what it may hold, the base world, and how a case is laid over it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from claims.edits.registry import EDIT_IDS
from claims.recycling import EVERY_BUSINESS_DAYS, LOOKS
from claims.scenarios.kinds import (
    FormatError,
    Kind,
    day,
    fields,
    item,
    list_of,
    map_of,
    number,
    one_of,
    or_null,
    text,
    truth,
    whole,
)
from claims.scenarios.yaml_text import load_yaml

Given = dict[str, Any]

BASE_WORLD = Path(__file__).with_name("base_world.yaml")

OUTCOMES = one_of("pay", "deny", "suspend", "hold")
PLACE = or_null(fields({"state": text, "zip": text}, required=("state", "zip")))
SPANS = or_null(list_of(item({"from": day, "to": or_null(day)}, required=("from",))))
STAYS = or_null(list_of(item({"admitted": day, "discharged": or_null(day)}, required=("admitted",))))

SUPPLIER = {
    "npi": text,
    "kind": text,
    "specialty": or_null(text),
    "enrolled": SPANS,
    "revoked": SPANS,
    "accredited": or_null(
        list_of(item({"by": text, "from": day, "to": or_null(day)}, required=("by", "from"))),
    ),
    "licensed": or_null(list_of(item({"state": text, "from": day, "to": or_null(day)}, required=("state", "from")))),
    "prepayment_review": SPANS,
}

BENEFICIARY = {
    "mbi": or_null(text),
    "born": day,
    "died": or_null(day),
    "part_b": SPANS,
    "medicare_advantage": SPANS,
    "hospice": SPANS,
    "inpatient_stays": STAYS,
    "snf_stays": STAYS,
    "other_primary_insurance": SPANS,
    "home": PLACE,
    "deductible_remaining": map_of(whole, number),
}

PLAN: dict[str, Kind] = {
    "established": or_null(day),
    "established_by": or_null(item({"npi": or_null(text), "credential": or_null(text)})),
    "signed": or_null(day),
    "starts": day,
    "ends": or_null(day),
    "drug": or_null(text),
    "modifier": or_null(text),
    "dosage": or_null(text),
    "frequency": or_null(text),
    "route": or_null(text),
    "therapy_type": or_null(text),
    "amount": or_null(text),
    "duration": or_null(text),
    "professional_services": or_null(list_of(text)),
    "discipline": or_null(text),
    "visits_per_week": or_null(list_of(whole, length=2)),
    "options_notified": or_null(day),
    "other_drugs": or_null(list_of(item({"drug": text, "modifier": or_null(text)}, required=("drug",)))),
    "changed": or_null(list_of(item({"date": day, "signed": or_null(day)}, required=("date",)))),
    "review_every_days": or_null(whole),
    "reviewed": or_null(list_of(day)),
}

DRUG_CLAIM = {
    "hcpcs": text,
    "modifier": or_null(text),
    "date": day,
    "status": one_of("paid", "pending", "denied"),
}
DRUG_CLAIM_KEYS = ("hcpcs", "date", "status")

PRIOR_VISIT = {
    "date": day,
    "hcpcs": text,
    "status": one_of("paid", "pending", "denied"),
    "supplier": or_null(one_of("same", "other")),
    "paid": or_null(number),
}

#: What a case may take from the tables it runs under, in place of the base world's and its own.
FROM_TABLES = ("amounts", "gaf", "settings")

POLICY = {
    "amounts": map_of(text, number),
    "gaf": or_null(number),
    "from_tables": list_of(one_of(*FROM_TABLES)),
    "dispositions": map_of(one_of(*EDIT_IDS), one_of("deny", "suspend", "hold", "inform", "ignore")),
    "settings": fields(
        {
            "one_payment_per_day": one_of("per_beneficiary", "per_category"),
            EVERY_BUSINESS_DAYS: whole,
            LOOKS: whole,
        }
    ),
}


def _plans(value: Any, path: str) -> Any:
    """One plan laid over the base plan, or a list of plans that each stand as they are."""
    if isinstance(value, list):
        return list_of(item(PLAN, required=("starts",)))(value, path)
    return fields(PLAN)(value, path)


GIVEN = fields(
    {
        "supplier": or_null(fields(SUPPLIER)),
        "beneficiary": fields(BENEFICIARY),
        "plan_of_care": or_null(_plans),
        "applicable_provider": or_null(fields({"npi": text, "kind": text, "from": day, "to": or_null(day)})),
        "dme_drug_claims": or_null(list_of(item(DRUG_CLAIM, required=DRUG_CLAIM_KEYS))),
        "dme_drug_claims_later": list_of(
            item({**DRUG_CLAIM, "arrives": day}, required=(*DRUG_CLAIM_KEYS, "arrives")),
        ),
        "prior_visits": or_null(list_of(item(PRIOR_VISIT, required=("date", "hcpcs", "status")))),
        "policy": fields(POLICY),
    }
)

DETERMINATION = item(
    {
        "kind": one_of("override", "waiver", "drug_category", "timely_filing"),
        "by": text,
        "at": day,
        "reason": text,
        "edit": or_null(one_of(*EDIT_IDS)),
        "line": or_null(whole),
        "value": or_null(text),
        "until": or_null(day),
    },
    required=("kind", "by", "at", "reason"),
)

LINE = fields(
    {
        "date": day,
        "through": or_null(day),
        "hcpcs": text,
        "modifiers": or_null(list_of(text)),
        "units": or_null(number),
        "charge": number,
    }
)

CLAIM_KEYS: dict[str, Kind] = {
    "control_number": text,
    "received": day,
    "place_of_service": text,
    "referring_npi": or_null(text),
    "diagnoses": or_null(list_of(text)),
    "service_location": PLACE,
    "accepts_assignment": truth,
    "has_primary_payer_decision": truth,
    "determinations": list_of(DETERMINATION),
    "lines": list_of(LINE),
}

WHEN = fields({"claims": list_of(fields(CLAIM_KEYS)), "today": or_null(day)})

THEN_LINE = fields(
    {
        "decision": OUTCOMES,
        "edits": list_of(text),
        "inform": list_of(text),
        "set_aside": list_of(text),
        "not_evaluated": list_of(text),
        "says": map_of(text, text),
        "group": text,
        "carc": text,
        "rarc": list_of(text),
        "next_eligible": or_null(day),
        **dict.fromkeys(("allowed", "deductible", "coinsurance", "sequestration", "paid"), number),
    }
)

THEN_CLAIM = fields(
    {"control_number": text, "status": OUTCOMES, "next_check": or_null(day), "lines": list_of(THEN_LINE)}
)

CASE = fields(
    {
        "case": text,
        "title": text,
        "cites": text,
        "given": GIVEN,
        "when": WHEN,
        "then": fields({"claims": list_of(THEN_CLAIM)}, required=("claims",)),
    },
    required=("case", "then"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A case laid over the base world: what is given, the claims with their lines, and what must come of them.

    `expected` has the position of the claim that each part of `then` speaks of.
    """

    file: str
    name: str
    title: str
    cites: str
    given: Given
    claims: tuple[Given, ...]
    today: dt.date
    expected: tuple[tuple[int, Given], ...]


@cache
def _base() -> dict[str, Any]:
    kind = fields({"given": GIVEN, "claim": fields(CLAIM_KEYS), "line": LINE}, required=("given", "claim", "line"))
    base: dict[str, Any] = kind(load_yaml(BASE_WORLD.read_text(encoding="utf-8")), "base world")
    return base


def read_cases(path: Path, name: str | None = None) -> list[Case]:
    """The cases of a file; raises FormatError naming the file, the case and the key."""
    file = name or str(path)
    try:
        return list(_cases(load_yaml(path.read_text(encoding="utf-8")), file))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise FormatError("", " ".join(str(error).split()), file=file) from error


def _cases(found: Any, file: str) -> Iterator[Case]:
    if not isinstance(found, list) or not found:
        raise FormatError("", "is not a list of cases", file=file)
    names: set[str] = set()
    for place, raw in enumerate(found, 1):
        name = str(raw.get("case", "")) if isinstance(raw, dict) else ""
        try:
            case = read_case(raw, file)
        except FormatError as error:
            raise FormatError(error.path, error.problem, file=file, case=name or f"case {place}") from None
        if case.name in names:
            raise FormatError("case", "the name stands twice in the file", file=file, case=case.name)
        names.add(case.name)
        yield case


def read_case(raw: Any, file: str) -> Case:
    """One case, checked key by key and laid over the base world; raises FormatError without the file's name."""
    raw = CASE(raw, "")
    when = raw.get("when", {})
    claims = tuple(_claim(claim, place) for place, claim in enumerate(when.get("claims", [{}]), 1))
    if not claims:
        raise FormatError("when.claims", "is empty")
    numbers = [claim["control_number"] for claim in claims]
    if len(set(numbers)) != len(numbers):
        raise FormatError("when.claims", "a control number stands twice")
    return Case(
        file=file,
        name=raw["case"],
        title=raw.get("title", ""),
        cites=raw.get("cites", ""),
        given=_given(raw.get("given", {})),
        claims=claims,
        today=when.get("today") or max(claim["received"] for claim in claims),
        expected=tuple(_expected(raw["then"]["claims"], claims)),
    )


def _given(given: Given) -> Given:
    """What a case gives replaces the base value of its key; in a mapping of the base, key by key, one level deep."""
    laid = dict(_base()["given"])
    for key, value in given.items():
        is_overlay = isinstance(value, dict) and isinstance(laid[key], dict)
        laid[key] = {**laid[key], **value} if is_overlay else value
    return laid


def _claim(claim: Given, place: int) -> Given:
    base = _base()
    lines = [{**base["line"], **line} for line in claim.get("lines", [{}])]
    if not lines:
        raise FormatError(f"when.claims[{place - 1}].lines", "is empty")
    return {"control_number": f"CLM{place}", **base["claim"], **claim, "lines": lines}


def _expected(then: list[Given], claims: tuple[Given, ...]) -> Iterator[tuple[int, Given]]:
    positions = {claim["control_number"]: place for place, claim in enumerate(claims)}
    for place, expected in enumerate(then):
        path = f"then.claims[{place}]"
        number_given = expected.get("control_number")
        position = positions.get(number_given, -1) if number_given else place
        if not 0 <= position < len(claims):
            raise FormatError(path, "there is no such claim under when")
        if len(expected.get("lines", ())) > len(claims[position]["lines"]):
            raise FormatError(f"{path}.lines", "has more lines than the claim")
        yield position, expected
