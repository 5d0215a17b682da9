"""What every operation's description says beside its own words: refusals that any of them may give, their headers."""

from __future__ import annotations

from typing import Any

#: Refusals that come before an operation is reached, with what they mean.
EVERYWHERE = {
    "400": "The request cannot be understood; `fields_in_error` names what is wrong.",
    "401": "No key, or none that works.",
    "403": "The key, the duty or the role does not allow this.",
    "404": "There is no such record, or it is not yours to see.",
    "406": "The media type that was asked for is not offered.",
    "429": "Too many requests with this key; `Retry-After` says for how many seconds to wait.",
}
SENDING = {"415": "The body has a media type that the operation does not take."}
HEADERS = {
    "429": {"Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds to wait."}},
    "401": {"WWW-Authenticate": {"schema": {"type": "string"}, "description": "Bearer."}},
}
#: FHIR writes a sign before the name of an operation, which is lost where the end of a pattern is looked for.
OPERATION_SIGN = ("/fhir/submit-attachment", "/fhir/$submit-attachment")
ERROR = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}


def complete(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Add what is the same for every operation; a hook of drf-spectacular."""
    result["paths"] = {path.replace(*OPERATION_SIGN): found for path, found in result["paths"].items()}
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            refusals = {**EVERYWHERE, **(SENDING if method == "post" else {})}
            for status, words in refusals.items():
                answer = operation["responses"].setdefault(status, {"content": _content(path)})
                answer["description"] = words
                if status in HEADERS:
                    answer["headers"] = HEADERS[status]
    return result


def _content(path: str) -> dict[str, Any]:
    if "/fhir/" in path:
        return {"application/fhir+json": {"schema": {"$ref": "#/components/schemas/OperationOutcome"}}}
    return ERROR
