"""Papers for a claim by API: `$submit-attachment` of HL7 Da Vinci CDex 2.1.0."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NoReturn

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Role
from claims.api.cdex import FIELDS, Reader, Submitted
from claims.api.errors import StorageRefused
from claims.api.fhir import FHIR_JSON, Fhir, OperationOutcomeSerializer
from claims.api.fhir_resources import NPI, information
from claims.api.idempotency import done_once
from claims.api.plans import KEY
from claims.api.spooling import LIMITS, PlainSpoolingParser, Spooled, SpoolingParser, close_files
from claims.attachments.actions import Source, Taken, receive_attachment
from claims.edits.wording import how_many
from policy.refusals import Refused
from suppliers.rights import Right

EXAMPLE = OpenApiExample(
    "A plan of treatment",
    {
        "resourceType": "Parameters",
        "parameter": [
            {"name": "TrackingId", "valueIdentifier": {"value": "ACN-2026-0001"}},
            {"name": "AttachTo", "valueCode": "claim"},
            {"name": "OrganizationId", "valueIdentifier": {"system": NPI, "value": "1234567893"}},
            {"name": "MemberId", "valueIdentifier": {"value": "1EG4TE5MK73"}},
            {"name": "ServiceDate", "valueDate": "2026-01-05"},
            {
                "name": "Attachment",
                "part": [
                    {
                        "name": "Code",
                        "valueCodeableConcept": {"coding": [{"system": "http://loinc.org", "code": "18776-5"}]},
                    },
                    {
                        "name": "Content",
                        "resource": {
                            "resourceType": "DocumentReference",
                            "status": "current",
                            "content": [
                                {
                                    "attachment": {
                                        "contentType": "application/pdf",
                                        "title": "plan.pdf",
                                        "data": "JVBERi0xLjcK",
                                    }
                                }
                            ],
                        },
                    },
                ],
            },
            {"name": "Final", "valueBoolean": True},
        ],
    },
    request_only=True,
    media_type=FHIR_JSON,
)
ANSWERS = {
    (200, FHIR_JSON): OpenApiResponse(OperationOutcomeSerializer, "They are with their claim, or wait for it."),
    (413, FHIR_JSON): OpenApiResponse(OperationOutcomeSerializer, f"It is too large. {LIMITS}"),
    **{
        (status, FHIR_JSON): OperationOutcomeSerializer for status in (400, 401, 403, 404, 406, 409, 415, 422, 429, 507)
    },
}


class SubmitAttachment(Fhir):
    """Where papers for a claim are sent."""

    sending_roles = (Role.SUPPLIER,)
    rights = {"POST": Right.RECORDS}
    parser_classes = (SpoolingParser, PlainSpoolingParser)

    @extend_schema(
        operation_id="fhir_submit_attachment",
        request={FHIR_JSON: OpenApiTypes.OBJECT},
        examples=[EXAMPLE],
        parameters=[KEY],
        responses=ANSWERS,
    )
    def post(self, request: Request) -> Response:
        """Send papers for a claim under its control number (CDex 2.1.0): all are taken or none.

        Do not send the same again after 4xx; after 5xx do. What came before under the number is not kept twice.
        """
        sent: Any = request.data
        spooled = sent if isinstance(sent, Spooled) else Spooled()
        reader = Reader(spooled)
        try:
            said = reader.read()
            return done_once(request, self.person, spooled.digest, lambda: self.receive(said))
        finally:
            close_files(reader.files)

    def receive(self, said: Submitted) -> Response:
        try:
            taken = receive_attachment(
                said.cover, said.papers, by=self.person, source=Source.CDEX, is_all=said.is_all, is_whole=True
            )
        except Refused as refusal:
            refuse([refusal])
        if taken.attachment is None:
            refuse(taken.refusals)
        return Response(information([sentence_of(taken)]))


def refuse(refusals: Sequence[Refused]) -> NoReturn:
    """Refusals as the API answers them, at the parameter that each is about."""
    if stored := next((each for each in refusals if each.code == "storage_refused"), None):
        raise StorageRefused(str(stored))
    by_field: dict[str, list[str]] = defaultdict(list)
    for each in refusals:
        by_field[FIELDS.get(each.field or "", "Parameters")].append(str(each))
    raise exceptions.ValidationError(dict(by_field))


def sentence_of(taken: Taken) -> str:
    """What became of papers, with the receipt number."""
    attachment = taken.attachment
    assert attachment
    what = f"{how_many(taken.kept, 'document')} received" if taken.kept else "The documents were received before"
    if attachment.claim is None:
        return f"{what}, receipt {attachment.number}. No claim has this control number yet: they are held for it."
    return f"{what} for claim {attachment.claim}, receipt {attachment.number}."
