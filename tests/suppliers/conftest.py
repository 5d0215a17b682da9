import pytest

from accounts.models import User
from suppliers.models import Supplier
from tests.accounts.cast import *  # noqa: F403
from tests.claims.pages.scene import act_for
from tests.factories import SupplierFactory


@pytest.fixture
def supplier() -> Supplier:
    return SupplierFactory(name="Harbor Infusion")


@pytest.fixture
def head(supplier: Supplier, supplier_person: User) -> User:
    """The supplier's only administrator."""
    act_for(supplier_person, supplier)
    return supplier_person
