"""FHIR R4: a decided claim to read as ExplanationOfBenefit or ClaimResponse. Refusals are OperationOutcomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import visible_or_404
from accounts.actions import log_access
from accounts.models import Role
from claims.adjudication.canonical import decision_from_json
from claims.api.errors import OneShape, in_one_shape
from claims.api.fhir_resources import (
    Decided,
    Json,
    capability_statement,
    claim_response,
    explanation_of_benefit,
    operation_outcome,
)
from claims.models import Claim
from policy import clock
from policy.readers import reason_meanings
from suppliers.rights import Right

FHIR_JSON = "application/fhir+json"


class FhirRenderer(JSONRenderer):
    media_type = FHIR_JSON
    format = "fhir"
    charset = None


class OutcomeIssueSerializer(serializers.Serializer[Any]):
    severity = serializers.CharField()
    code = serializers.CharField()
    diagnostics = serializers.CharField()


class OperationOutcomeSerializer(serializers.Serializer[Any]):
    """A refusal as FHIR has it."""

    resourceType = serializers.CharField()  # noqa: N815 - FHIR's name
    issue = OutcomeIssueSerializer(many=True)


def in_fhir(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """A refusal of the API as an OperationOutcome."""
    answer = in_one_shape(error, context)
    if answer is not None:
        body = answer.data
        fields = body["fields_in_error"]
        sentences = [f"{name}: {sentence}" for name, found in fields.items() for sentence in found]
        answer.data = operation_outcome(answer.status_code, sentences or [body["message"]])
    return answer


class Fhir(OneShape):
    """The base of the FHIR views."""

    allowed_roles = tuple(Role.values)
    rights = {"GET": Right.CLAIMS_READ}
    renderer_classes = (FhirRenderer, JSONRenderer)

    def get_exception_handler(self) -> Any:
        return in_fhir

    def finalize_response(self, *arguments: Any, **options: Any) -> Response:
        """Whoever asks for plain JSON gets FHIR's, named as such."""
        response = super().finalize_response(*arguments, **options)
        response.content_type = FHIR_JSON
        return response


def fhir_answers(resource: str) -> dict[Any, Any]:
    """The answers of an operation, in FHIR's own media type."""
    example = OpenApiExample(resource, {"resourceType": resource, "id": "0126016000001"}, media_type=FHIR_JSON)
    read = OpenApiResponse(OpenApiTypes.OBJECT, f"The {resource}, FHIR R4.", [example])
    refused = {(status, FHIR_JSON): OperationOutcomeSerializer for status in (400, 401, 403, 404, 406, 429)}
    return {(200, FHIR_JSON): read, **refused}


def decided_or_404(person: Any, icn: str) -> Decided:
    """A claim in sight with the decision that stands; 404 for one that was not decided. Five queries."""
    claim = visible_or_404(Claim.objects.select_related("current_decision"), person, icn=icn)
    stored = claim.current_decision
    if stored is None:
        raise Http404
    told = stored.remitted.filter(is_reversal=False).select_related("remittance").first()
    lines = tuple(claim.lines.all())
    return Decided(claim, lines, stored, decision_from_json(stored.trace), told, reason_meanings())


class Reading(Fhir):
    """What reads of both resources share."""

    write: Callable[[Decided], Json]

    def read(self, icn: str, page: str) -> Response:
        decided = decided_or_404(self.person, icn)
        log_access(self.person, decided.claim, page=page)
        return Response(type(self).write(decided))


class ExplanationOfBenefit(Reading):
    """What was decided on a claim and why, as an ExplanationOfBenefit."""

    write = staticmethod(explanation_of_benefit)

    @extend_schema(operation_id="fhir_explanation_of_benefit", responses=fhir_answers("ExplanationOfBenefit"))
    def get(self, request: Request, icn: str) -> Response:
        """The decision that stands; `id` is the claim number. 404 before the claim is decided."""
        return self.read(icn, "API, ExplanationOfBenefit")


class ClaimResponse(Reading):
    """What was decided on a claim, as the answer to it."""

    write = staticmethod(claim_response)

    @extend_schema(operation_id="fhir_claim_response", responses=fhir_answers("ClaimResponse"))
    def get(self, request: Request, icn: str) -> Response:
        """The decision that stands; `id` is the claim number. 404 before the claim is decided."""
        return self.read(icn, "API, ClaimResponse")


class Capabilities(Fhir):
    """What the FHIR side of the API can do."""

    @extend_schema(operation_id="fhir_capabilities", responses=fhir_answers("CapabilityStatement"))
    def get(self, request: Request) -> Response:
        """The CapabilityStatement."""
        address = request.build_absolute_uri().removesuffix("metadata").rstrip("/")
        return Response(capability_statement(address, clock.today()))
