"""Every page and every operation of the API that suppliers reach: by which right, by which duty, by which key."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.access import declared_access
from accounts.models import Event, Role, User
from claims.models import Claim, ReceivedFile, Remittance
from suppliers.access import KeyThrottle
from suppliers.keys import make_key, revoke_key
from suppliers.models import ApiKey, Supplier
from suppliers.people import end_access
from suppliers.rights import RIGHTS, SCOPES, Duty, Right
from tests.beneficiaries.documents.making import pdf
from tests.claims.intake.files import file_of
from tests.claims.pages.scene import act_for
from tests.claims.payment.deciding import pay_on
from tests.factories.beneficiaries import PlanOfCareFactory
from tests.factories.world import World
from tests.permissions.addresses import Address, all_addresses

# ---------- pages ----------

#: What people of suppliers send by a page that asks for no right, and why it may.
NEEDS_NO_RIGHT = {
    "search": "leads to a list",
    "save_filter": "one's own filters",
    "open_with": "one's own filters",
    "change_filter": "one's own filters",
    "remove_filter": "one's own filters",
    "columns": "one's own columns",
    "open": "one's own notices, noted as read",
    "read_all": "one's own notices, noted as read",
    "mail": "how one is mailed oneself",
    "join": "the link of an invitation is the secret",
}

#: Where people of suppliers send anything at all.
WRITING_ROOMS = {"beneficiaries", "claims", "medical_review", "suppliers"}

PAGES = [
    address
    for address in all_addresses()
    if not {"api", "admin"} & set(address.namespaces)
    and (access := declared_access(address.match()))
    and Role.SUPPLIER in access.roles | ({Role.SUPPLIER} if access.is_public else set())
    and getattr(address.pattern.callback, "__module__", "").split(".")[0] in WRITING_ROOMS
]


def right_of(address: Address) -> str:
    access = declared_access(address.match())
    return access.right if access else ""


def example(address: Address) -> str:
    """An address of something that is not there."""
    numbers = re.sub(r"<int:[^>]+>", "999999", str(address))
    return re.sub(r"<[^>]+>", "9999999999999", numbers)


@pytest.fixture
def supplier(world: World) -> Supplier:
    return world.supplier


def test_the_walk_finds_pages_with_rights() -> None:
    assert {Right.CHECKS, Right.CLAIMS_SEND, Right.PLANS_WRITE, Right.PEOPLE, Right.KEYS} <= set(map(right_of, PAGES))


@pytest.mark.parametrize("duty", RIGHTS)
def test_each_duty_reaches_what_its_rights_name_and_nothing_else(
    duty: Duty, supplier: Supplier, supplier_person: User, signed_in_as: Callable[[User], Client]
) -> None:
    act_for(supplier_person, supplier, duty)
    browser = signed_in_as(supplier_person)
    wrong = {
        str(address): (right, status)
        for address in PAGES
        if (right := right_of(address))
        for status in [browser.post(example(address)).status_code]
        if (status == 403) != (right not in RIGHTS[duty])
    }
    assert wrong == {}


def test_whatever_people_of_suppliers_send_names_a_right(
    supplier: Supplier, supplier_person: User, signed_in_as: Callable[[User], Client]
) -> None:
    act_for(supplier_person, supplier)
    browser = signed_in_as(supplier_person)
    silent = {
        address.pattern.name
        for address in PAGES
        if not right_of(address) and browser.post(example(address)).status_code not in {403, 405}
    }
    assert silent <= set(NEEDS_NO_RIGHT), "Give these a right: @allow(Role.SUPPLIER, right=Right.…)"


def test_a_duty_at_one_supplier_changes_nothing_of_another(
    supplier: Supplier, other_supplier: Supplier, supplier_person: User, signed_in_as: Callable[[User], Client]
) -> None:
    plan = PlanOfCareFactory(supplier=supplier)
    act_for(supplier_person, supplier, Duty.BILLER)
    act_for(supplier_person, other_supplier, Duty.CLINICIAN)
    browser = signed_in_as(supplier_person)
    assert browser.get(reverse("plans:plan", args=[plan.pk])).status_code == 200
    answer = browser.post(reverse("plans:begin", args=[plan.pk, "change"]))
    assert answer.status_code == 403
    assert "keep plans of care and documents" in answer.content.decode()
    assert browser.post(reverse("claims:check"), {"supplier": other_supplier.pk}).status_code == 404
    assert browser.post(reverse("claims:check"), {"supplier": supplier.pk}).status_code == 302


def test_an_ended_access_shuts_sessions_that_run(
    world: World,
    supplier: Supplier,
    supplier_person: User,
    administrator: User,
    signed_in_as: Callable[[User], Client],
    sent: Callable[..., Any],
    decided: Callable[..., Claim],
) -> None:
    act_for(supplier_person, supplier)
    row = act_for(User.objects.create_user("b@example.org", name="Bella Biller", role=Role.SUPPLIER), supplier)
    assert row.user
    browser = signed_in_as(row.user)
    claim, file = decided(), sent(file_of(), by=row.user).file
    seen = [
        reverse("claims:claim", args=[claim.icn]),
        reverse("claims:file", args=[file.pk]),
        reverse("supplier", args=[supplier.pk]),
        reverse("organization:organization", args=[supplier.pk]),
    ]
    assert {browser.get(address).status_code for address in seen} == {200}
    end_access(row, by=administrator)
    assert {browser.get(address).status_code for address in seen} == {404}
    assert browser.get(reverse("claims:check")).status_code == 403
    assert not browser.get(reverse("claims:worklist") + "?order=received_on").context["list"].rows
    assert "You act for no supplier" in browser.get("/").content.decode()


# ---------- the API ----------

OPERATIONS = [
    address
    for address in all_addresses()
    if address.namespaces == ("api",) and (access := declared_access(address.match())) and not access.is_public
]
METHODS = ("GET", "POST")


def operations() -> Iterator[tuple[Address, str, Right | None]]:
    """Each address with each method that it has, and the right that it names."""
    for address in OPERATIONS:
        view = address.pattern.callback.view_class  # type: ignore[union-attr]
        for method in METHODS:
            if hasattr(view, method.lower()):
                yield address, method, getattr(view, "rights", {}).get(method)


@pytest.fixture
def theirs(world: World, billing: Client, decided: Callable[..., Claim], sent: Callable[..., Any]) -> dict[str, Any]:
    """What one supplier has, by the part of an address that names it; the keys of these tests are another's."""
    claim, file = decided(), sent(file_of()).file
    assert claim.payment_day
    assert world.plan
    pay_on(claim.payment_day)
    upload = SimpleUploadedFile("plan.pdf", pdf(), "application/pdf")
    received = billing.post(reverse("api:plan_documents", args=[world.plan.pk]), {"files": [upload]})
    return {
        "icn": claim.icn,
        "files": file.pk,
        "answer": file.acknowledgements.first().pk,
        "plans": world.plan.pk,
        "documents": received.json()["documents"][0]["id"],
        "remittances": Remittance.objects.get().pk,
        "suppliers": world.supplier.pk,
        "name": "coinsurance",
    }


def filled(address: Address, values: dict[str, Any]) -> str:
    """The address with the other supplier's records in it; an unknown part is an error of this test."""
    room = str(address).removeprefix("/api/v1/").split("/")[0]
    named = {"pk": values.get(room), **values}
    return re.sub(r"<\w+:(\w+)>", lambda part: str(named[part[1]]), str(address))


@pytest.fixture
def keyed(other_supplier: Supplier, administrator: User) -> Callable[..., tuple[ApiKey, str]]:
    """A key of the other supplier with these scopes."""

    def make(*scopes: str) -> tuple[ApiKey, str]:
        name = f"Key {ApiKey.objects.count()}"
        return make_key(other_supplier, name, scopes, 30, by=administrator)

    return make


def asked(address: str, method: str, secret: str | None) -> Any:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return Client().generic(method, address, "{}", content_type="application/json", headers=headers)


def code_of(answer: Any) -> str:
    """The code of a refusal; FHIR has one of its own for all that is wrong with a key, and says the rest in words."""
    body = answer.json()
    if "code" in body:
        return str(body["code"])
    (issue,) = body["issue"]
    assert issue["code"] == "login"
    words = {"no such key": "key_unknown", "revoked": "key_revoked", "expired": "key_expired"}
    return next((code for said, code in words.items() if said in issue["diagnostics"]), "not_authenticated")


def test_every_operation_names_a_right_that_a_key_can_have() -> None:
    assert [str(address) for address, _, right in operations() if right not in SCOPES] == []


def test_without_a_key_that_works_nothing_answers(
    keyed: Callable[..., tuple[ApiKey, str]], administrator: User, theirs: dict[str, Any]
) -> None:
    revoked, of_revoked = keyed(*SCOPES)
    revoke_key(revoked, by=administrator)
    expired, of_expired = keyed(*SCOPES)
    past = timezone.now() - dt.timedelta(days=10)
    ApiKey.objects.filter(pk=expired.pk).update(made_at=past, expires_at=past + dt.timedelta(days=9))
    wanted = {
        None: "not_authenticated",
        "hit_nobody": "key_unknown",
        of_revoked: "key_revoked",
        of_expired: "key_expired",
    }
    for address, method, _ in operations():
        for secret, code in wanted.items():
            answer = asked(filled(address, theirs), method, secret)
            assert (answer.status_code, code_of(answer)) == (401, code), (str(address), method)
            assert answer["WWW-Authenticate"] == "Bearer"


def test_a_key_does_what_its_scopes_name_and_nothing_else(
    keyed: Callable[..., tuple[ApiKey, str]], theirs: dict[str, Any]
) -> None:
    lacking = {right: keyed(*(scope for scope in SCOPES if scope != right))[1] for right in SCOPES}
    for address, method, right in operations():
        assert right
        answer = asked(filled(address, theirs), method, lacking[right])
        assert answer.status_code == 403, (str(address), method)
        assert right.value in answer.content.decode()


#: What is nobody's own: the tables of the benefit, and what the FHIR side can do.
OF_EVERYONE = {"/api/v1/policy/", "/api/v1/policy/<str:name>/", "/api/v1/fhir/metadata"}


def test_what_another_supplier_has_is_not_there_for_a_key(
    keyed: Callable[..., tuple[ApiKey, str]], theirs: dict[str, Any], other_supplier: Supplier
) -> None:
    _, secret = keyed(*SCOPES)
    for address, method, _ in operations():
        answer = asked(filled(address, theirs), method, secret)
        if str(address) in OF_EVERYONE:
            assert answer.status_code == 200, str(address)
        elif str(address) == reverse("api:suppliers"):
            assert [row["id"] for row in answer.json()["results"]] == [other_supplier.pk]
        elif address.takes_arguments:
            assert answer.status_code == 404, (str(address), method)
        elif method == "GET":
            assert answer.json()["results"] == [], str(address)
        else:
            assert answer.status_code in {400, 415}, str(address)


def test_acts_of_a_key_are_its_own_and_name_the_organization(world: World, administrator: User) -> None:
    assert world.plan
    key, secret = make_key(world.supplier, "Nightly sync", ["plans:write", "claims:send"], 30, by=administrator)
    bearer = {"Authorization": f"Bearer {secret}"}
    reviews = reverse("api:plan_reviews", args=[world.plan.pk])
    body = {"reviewed_on": "2026-01-14"}
    assert Client().post(reviews, body, content_type="application/json", headers=bearer).status_code == 201
    event = Event.objects.get(actor=key.account)
    assert event.actor_label == f"Key “Nightly sync” of {world.supplier}, supplier"
    upload = SimpleUploadedFile("claims.x12", file_of(), "application/octet-stream")
    answer = Client().post(reverse("api:files"), {"file": upload}, headers=bearer)
    assert answer.status_code == 201, answer.content
    assert ReceivedFile.objects.get().submitted_by == key.account
    key.refresh_from_db()
    assert key.last_used_at


def test_a_key_that_asks_too_often_waits(
    keyed: Callable[..., tuple[ApiKey, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KeyThrottle, "rate", "2/min", raising=False)
    (_, busy), (_, calm) = keyed("claims:read"), keyed("claims:read")
    address = reverse("api:claims")
    assert [asked(address, "GET", busy).status_code for _ in range(3)] == [200, 200, 429]
    answer = asked(address, "GET", busy)
    assert answer.json()["code"] == "throttled"
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert asked(address, "GET", calm).status_code == 200


def test_a_key_costs_few_queries(keyed: Callable[..., tuple[ApiKey, str]], django_assert_max_num_queries: Any) -> None:
    _, secret = keyed("claims:read")
    asked(reverse("api:claims"), "GET", secret)
    with django_assert_max_num_queries(12):
        asked(reverse("api:claims"), "GET", secret)
