"""Submitting one claim as JSON: written as an 837P and received as every other file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from accounts.access import visible_or_404
from accounts.models import Role, User
from claims.api.checks import ClaimAskedSerializer
from claims.api.errors import ErrorSerializer, StorageRefused
from claims.api.idempotency import done_once
from claims.api.plans import KEY, SENDING
from claims.api.views import ClaimList
from claims.intake.keeping import NotKept
from claims.intake.x12.claim_837p import Attachment
from claims.intake.x12.findings import GatewayFinding
from claims.models import AnnouncedAttachment, Claim
from claims.paper.cms_1500 import field_of
from claims.paper.entry import NotAccepted
from claims.precheck.bill import Bill
from claims.precheck.drafts import begin_draft, submit_draft
from claims.precheck.looks import look
from policy import clock
from policy.readers import tables_as_known
from suppliers.models import Supplier
from suppliers.rights import Right, require

#: Papers that one claim may announce (PWK, loop 2300).
MOST_ATTACHMENTS = 10


class AnnouncedSerializer(serializers.Serializer[Any]):
    """Papers that come apart from the claim (PWK): matched with it by their control number."""

    report_type = serializers.RegexField("^[0-9A-Z]{2}$", help_text="PWK01, such as 08: plan of treatment.")
    way = serializers.ChoiceField(AnnouncedAttachment.Way.choices, help_text="PWK02: how they are sent.")
    control_number = serializers.CharField(min_length=2, max_length=50, help_text="PWK06: stands on their cover.")


class ClaimSentSerializer(ClaimAskedSerializer):
    """A claim to be submitted. What is left out of the patient is taken from the record, where all three match."""

    patient_control_number = serializers.CharField(max_length=20, help_text="Your own number; the 835 says it again.")
    first_name = serializers.CharField(max_length=35, allow_blank=True, default="")
    sex = serializers.ChoiceField([("F", "F"), ("M", "M"), ("U", "U")], allow_blank=True, default="")
    street = serializers.CharField(max_length=55, allow_blank=True, default="")
    city = serializers.CharField(max_length=30, allow_blank=True, default="")
    referring_last_name = serializers.CharField(max_length=60, allow_blank=True, default="")
    referring_first_name = serializers.CharField(max_length=35, allow_blank=True, default="")

    attachments = serializers.ListField(child=AnnouncedSerializer(), max_length=MOST_ATTACHMENTS, default=list)

    def bill(self) -> Bill:
        names = (
            *("patient_control_number", "first_name", "sex", "street", "city"),
            *("referring_last_name", "referring_first_name"),
        )
        papers = tuple(
            Attachment(each["report_type"], each["way"], each["control_number"])
            for each in self.validated_data["attachments"]
        )
        said = {name: self.validated_data[name] for name in names}
        return replace(super().bill(), **said, attachments=papers)


class SentSerializer(serializers.Serializer[Any]):
    """A claim that was received; its decision is at `url` as soon as it is made."""

    number = serializers.CharField(source="icn")
    status = serializers.CharField()
    received_on = serializers.DateField()
    url = serializers.SerializerMethodField()

    def get_url(self, claim: Claim) -> str:
        return str(reverse("api:claim", args=[claim.icn], request=self.context["request"]))


def submit(bill: Bill, supplier: Supplier, by: User) -> Claim:
    """Submit a claim whole or not at all; raises `ValidationError` with what the gateway finds.

    That the patient was asked about is counted first, so that it stays counted when the claim is not accepted.
    """
    look(supplier, [bill.patient], by=by, on=clock.today(), tables=tables_as_known(), page="API, submit a claim")
    try:
        with transaction.atomic():
            return submit_draft(begin_draft(supplier, by=by), bill, by=by)
    except NotAccepted as refusal:
        raise exceptions.ValidationError(_by_field(refusal.findings)) from refusal
    except NotKept as refusal:
        raise StorageRefused(str(refusal)) from refusal


def _by_field(findings: tuple[GatewayFinding, ...]) -> dict[str, list[str]]:
    """What the gateway finds, at the fields of the request as far as they are known."""
    found: dict[str, list[str]] = {}
    for finding in findings:
        name = f"lines.{finding.line}" if finding.line else field_of(finding) or "claim"
        found.setdefault(name, []).append(finding.message)
    return found


CLAIM_SENDING = {201: SentSerializer, 415: ErrorSerializer, 507: ErrorSerializer, **SENDING}


class ClaimSubmission(ClaimList):
    """The claims that one may see, and the way to submit one."""

    sending_roles = (Role.SUPPLIER,)
    rights = {"GET": Right.CLAIMS_READ, "POST": Right.CLAIMS_SEND}
    parser_classes = (JSONParser,)

    @extend_schema(operation_id="claims_submit", request=ClaimSentSerializer, parameters=[KEY], responses=CLAIM_SENDING)
    def post(self, request: Request) -> Response:
        """Submit one claim. 400 with what the gateway finds; what a decision would say never keeps a claim out.

        404 for a billing provider that one does not act for.
        """
        asked = ClaimSentSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        supplier = visible_or_404(Supplier.objects, self.person, npi=said["billing_npi"], tin=said["billing_tax_id"])
        require(self.person, Right.CLAIMS_SEND, supplier.pk)

        def work() -> Response:
            claim = submit(asked.bill(), supplier, self.person)
            return Response(SentSerializer(claim, context={"request": request}).data, status.HTTP_201_CREATED)

        return done_once(request, self.person, orjson.dumps(request.data, option=orjson.OPT_SORT_KEYS), work)
