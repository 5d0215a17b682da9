"""The addresses of medical review."""

from __future__ import annotations

from django.urls import path

from medical_review.views import acts, case, queue

app_name = "review"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("take-next/", queue.take_next, name="take_next"),
    path("claims/<str:icn>/", queue.of_claim, name="of_claim"),
    path("claims/<str:icn>/open/", acts.open_by_hand, name="open"),
    path("cases/<int:pk>/", case.case, name="case"),
    path("cases/<int:pk>/keep/", case.keep_desk, name="keep"),
    path("cases/<int:pk>/sign/", case.sign, name="sign"),
    path("cases/<int:pk>/take/", acts.take, name="take"),
    path("cases/<int:pk>/assign/", acts.assign, name="assign"),
    path("cases/<int:pk>/hand-back/", acts.hand_back, name="hand_back"),
    path("cases/<int:pk>/ask-for-records/", acts.ask_for_records, name="ask_for_records"),
    path("cases/<int:pk>/records/", acts.receive_records, name="receive_records"),
    path("cases/<int:pk>/close/", acts.close, name="close"),
    path("cases/<int:pk>/reopen/", acts.reopen, name="reopen"),
    path("cases/<int:pk>/second-review/", acts.second_review, name="second"),
    path("cases/<int:pk>/second-review/otherwise/", acts.overrule, name="overrule"),
]
