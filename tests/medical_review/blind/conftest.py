from tests.accounts.cast import *  # noqa: F403
from tests.medical_review.blind.scene import *  # noqa: F403
from tests.medical_review.scene import *  # noqa: F403
