"""The app `claims`."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "Claims"

    def ready(self) -> None:
        """Say which edit may hold a claim, and what must be shown of a change set before it is approved.

        The recycler looks again at what waits for its drug.
        """
        from claims.impact.standing import check_impact_shown
        from claims.kept_cases.running import check_kept_cases
        from claims.recycling import DRUG_EDIT
        from policy.change_sets.requirements import require_before_approval
        from policy.checks import looks_again_at

        looks_again_at(DRUG_EDIT)
        require_before_approval("impact", check_impact_shown)
        require_before_approval("kept cases", check_kept_cases)
