"""The app `medical_review`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MedicalReviewConfig(AppConfig):
    name = "medical_review"
    verbose_name = "Medical review"

    def ready(self) -> None:
        from claims.payment.overpayments import register_elsewhere
        from medical_review.appeals import remedies  # noqa: F401 (its source registers itself)
        from medical_review.appeals.debts import decided_in_a_case
        from medical_review.checklist import load_checklist
        from medical_review.requests import home  # noqa: F401 (its source registers itself)
        from medical_review.requests.catalogue import load_documents

        register_elsewhere(decided_in_a_case)
        post_migrate.connect(load_checklist, sender=self, dispatch_uid="medical_review.checklist")
        post_migrate.connect(load_documents, sender=self, dispatch_uid="medical_review.documents")
