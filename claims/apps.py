"""The app `claims`."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "Claims"

    def ready(self) -> None:
        """Say which edit may hold a claim: the recycler looks again at what waits for its drug."""
        from claims.recycling import DRUG_EDIT
        from policy.checks import looks_again_at

        looks_again_at(DRUG_EDIT)
