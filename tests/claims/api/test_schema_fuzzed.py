"""The OpenAPI document kept to its word: whatever is sent, no fault of ours, and no answer that it does not name.

schemathesis makes requests from the document, right ones and wrong ones; `make proof` makes many more of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.models import User
from claims.models import Claim, Remittance
from suppliers.access import KeyThrottle
from suppliers.keys import make_key
from suppliers.rights import SCOPES
from tests.claims.intake.files import file_of
from tests.claims.payment.deciding import pay_on
from tests.factories.world import World

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 150 if os.environ.get("HIT_PROOF") else 4
ROUNDS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not os.environ.get("HIT_PROOF"),
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests of a real WSGI application leave the connection of the test's transaction open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def there(world: World, decided: Callable[..., Claim], sent: Callable[..., Any]) -> dict[str, Any]:
    """What is really there, by the names of path parameters; `id` by the room of the path."""
    claim, file = decided(), sent(file_of()).file
    assert claim.payment_day
    assert world.plan
    pay_on(claim.payment_day)
    return {
        "icn": claim.icn,
        "name": "payment-amounts",
        "answer": file.acknowledgements.first().pk,
        "files": file.pk,
        "plans": world.plan.pk,
        "remittances": Remittance.objects.get().pk,
        "suppliers": world.supplier.pk,
        "documents": 1,
    }


def parameters_of(path: str, there: Mapping[str, Any]) -> dict[str, Any]:
    """The path parameters of something that is there."""
    names = [part.strip("{}") for part in path.split("/") if part.startswith("{")]
    room = path.removeprefix("/api/v1/").split("/")[0]
    return {name: there[room if name == "id" else name] for name in names}


def cases_of(operation: Any, there: Mapping[str, Any]) -> st.SearchStrategy[Case]:
    """Right and wrong requests, for things that are there and for any."""
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    known = parameters_of(operation.path, there)
    anywhere = [operation.as_strategy(generation_mode=mode) for mode in modes]
    here = [operation.as_strategy(generation_mode=modes[0], path_parameters=known)] if known else []
    return st.one_of(*here, *anywhere)


def answered_for(
    operation: Any, there: Mapping[str, Any], headers: Mapping[str, str], statuses: set[int]
) -> Callable[[], None]:
    """Asks an operation in many ways and checks each answer; notes which statuses came."""

    @ROUNDS
    @given(case=cases_of(operation, there))
    def answered(case: Case) -> None:
        response = case.call(headers=headers)
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    return answered


@pytest.mark.proof
@pytest.mark.usefixtures("one_connection")
def test_whatever_is_sent_is_answered_as_the_document_says(
    world: World, administrator: User, there: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KeyThrottle, "rate", "1000000/min", raising=False)
    _, secret = make_key(world.supplier, "Fuzzer", SCOPES, 30, by=administrator)
    bearer = {"Authorization": f"Bearer {secret}"}
    app = get_wsgi_application()
    schema = schemathesis.openapi.from_wsgi(reverse("api-schema"), app, headers=bearer)
    asked: dict[str, set[int]] = {}

    for found in schema.get_all_operations():
        operation = found.ok()
        statuses = asked.setdefault(operation.label, set())
        answered_for(operation, there, bearer, statuses)()

    assert len(asked) >= 30, "every operation was asked"
    assert {status for statuses in asked.values() for status in statuses} >= {200, 400, 404}
