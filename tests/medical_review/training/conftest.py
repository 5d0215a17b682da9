from tests.accounts.cast import *  # noqa: F403
