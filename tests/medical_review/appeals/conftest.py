from tests.accounts.cast import *  # noqa: F403
from tests.medical_review.appeals.scene import *  # noqa: F403
from tests.medical_review.scene import *  # noqa: F403
