"""The search box: exact identifiers first, names after; what was typed stands in no address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim
from suppliers.models import Supplier
from tests.factories.beneficiaries import BeneficiaryFactory
from tests.factories.claims import ClaimFactory
from tests.factories.world import MBI, World

SEARCH = reverse("claims:search")
Decide = Callable[..., Claim]


def found(client: Client, words: str) -> set[str | None]:
    response = client.post(SEARCH, {"q": words}, follow=True)
    assert words.strip() not in response.redirect_chain[-1][0]
    return {row.claim.icn for row in response.context["list"].rows}


@pytest.mark.parametrize("words", ["{0}", " {0} ", "{1} {2} {3}", "{1}-{2}-{3}"])
def test_a_claim_number_leads_to_the_claim(staff: Client, decided: Decide, words: str) -> None:
    claim = decided()
    icn = str(claim.icn)
    response = staff.post(SEARCH, {"q": words.format(icn, icn[:2], icn[2:7], icn[7:])})
    assert response.url == reverse("claims:claim", args=[icn])


def test_a_claim_number_of_another_supplier_leads_to_an_empty_list(outsider: Client, decided: Decide) -> None:
    assert found(outsider, f"{decided().icn} ") == set()


@pytest.mark.parametrize(
    "words",
    [MBI, "1eg4-te5-mk73", "1234567893", "evans", "Evans, Dora", "dora evans", "Evans,", "Evergreen Home", "infusion"],
)
def test_staff_find_a_claim_by_identifier_or_name(staff: Client, decided: Decide, words: str) -> None:
    claim = decided()
    ClaimFactory(supplier__name="Bayline", beneficiary=BeneficiaryFactory(last_name="Ito", first_name="Kenji"))
    assert found(staff, words) == {claim.icn}


def test_the_mbi_of_one_person_with_many_claims_leads_to_their_page(
    staff: Client, billing: Client, decided: Decide, world: World
) -> None:
    page = reverse("beneficiary", args=[world.beneficiary.pk])
    ClaimFactory.create_batch(25, beneficiary=world.beneficiary, supplier=world.supplier, mbi=MBI)
    assert staff.post(SEARCH, {"q": MBI}).url != page, "twenty-five stand on one page of the list"
    decided()
    assert staff.post(SEARCH, {"q": "1eg4-te5-mk73"}).url == page
    assert staff.post(SEARCH, {"q": MBI, "status": "payable"}).url != page, "the list was narrowed already"
    assert billing.post(SEARCH, {"q": MBI}).url != page, "people of suppliers have no page of a person"
    world.claim(for_nobody=True, beneficiary=None, mbi=MBI)
    assert staff.post(SEARCH, {"q": MBI}).url != page, "the list has the claim that is nobody's too"


def test_a_patient_who_is_not_on_file_is_found_by_the_name_billed(staff: Client, world: World) -> None:
    claim = world.claim(for_nobody=True, beneficiary=None)
    assert found(staff, "nobody") == {claim.icn}
    assert found(staff, claim.mbi) == {claim.icn}


def test_a_supplier_finds_its_own_claims_by_patient_and_by_its_own_number(
    billing: Client, outsider: Client, decided: Decide
) -> None:
    claim = decided(patient_control_number="BILL-77")
    for words in ("Evans", "bill-77", MBI):
        assert found(billing, words) == {claim.icn}
        assert found(outsider, words) == set()


def test_a_search_keeps_the_filters_and_is_a_chip_that_removes_it(staff: Client, decided: Decide) -> None:
    decided()
    response = staff.post(SEARCH, {"q": "Evans", "status": "payable", "order": "icn"}, follow=True)
    page = response.context["list"]
    assert [(chip.label, chip.words) for chip in page.chips] == [("Status", "Payable"), ("Search", "Evans")]
    assert "order=icn" in response.redirect_chain[-1][0]


def test_a_search_that_is_no_longer_kept_finds_nothing_and_says_so(staff: Client, decided: Decide) -> None:
    decided()
    page = staff.get(reverse("claims:worklist"), {"search": "gone"}).context["list"]
    assert page.rows == ()
    assert page.chips[0].words == "no longer kept, search again"


def test_an_empty_search_leads_to_the_whole_list(staff: Client, world: World) -> None:
    assert staff.post(SEARCH, {"q": "  "}).url == f"{reverse('claims:worklist')}?order=received_on"


def test_the_search_of_one_person_is_no_other_persons(staff: Client, billing: Client, decided: Decide) -> None:
    decided()
    address = staff.post(SEARCH, {"q": "Evans"}).url
    assert billing.get(address).context["list"].rows == ()


def test_names_of_other_suppliers_are_not_looked_up_for_a_supplier(
    billing: Client, other_supplier: Supplier, decided: Decide
) -> None:
    decided()
    assert found(billing, other_supplier.npi) == set()
    assert found(billing, other_supplier.name) == set()
