from tests.accounts.cast import *  # noqa: F403
from tests.claims.pages.scene import *  # noqa: F403
