"""The addresses of medical review."""

from __future__ import annotations

from django.urls import path

from medical_review.appeals import report_views as appeal_report_views
from medical_review.appeals import views as appeal_views
from medical_review.blind import views as blind_views
from medical_review.letters import views as letter_views
from medical_review.probes import views as probe_views
from medical_review.requests import views as request_views
from medical_review.training import views as training_views
from medical_review.views import acts, case, draws, people, queue, record

app_name = "review"

urlpatterns = [
    path("requests/", request_views.requests, name="requests"),
    path("requests/ask/", request_views.ask_for_many, name="ask_for_many"),
    path("requests/<int:pk>/", request_views.records_request, name="request"),
    path("requests/<int:pk>/send/", request_views.send_records, name="send_records"),
    path("requests/<int:pk>/finish/", request_views.finish_answer, name="finish_answer"),
    path("letters/", letter_views.letters, name="letters"),
    path("letters/<int:pk>/", letter_views.letter, name="letter"),
    path("letters/<int:pk>/pdf/", letter_views.letter_file, name="letter_file"),
    path("probes/", probe_views.probes, name="probes"),
    path("probes/choose/", probe_views.choose, name="choose_probe"),
    path("probes/<int:pk>/", probe_views.probe, name="probe"),
    path("probes/<int:pk>/<slug:name>/", probe_views.act, name="probe_act"),
    path("draws/", draws.draws, name="draws"),
    path("draws/new/", draws.new_draw, name="new_draw"),
    path("draws/<int:pk>/", draws.draw, name="draw"),
    path("draws/<int:pk>/frame/", draws.frame, name="draw_frame"),
    path("draws/<int:pk>/estimate/", probe_views.estimate, name="estimate"),
    path("own-probes/", probe_views.own_probes, name="own_probes"),
    path("own-probes/<int:pk>/", probe_views.own_probe, name="own_probe"),
    path("reviewers/", people.reviewers, name="reviewers"),
    path("reviewers/<int:pk>/", people.reviewer, name="reviewer"),
    path("reviewers/<int:pk>/takes/", people.set_profile, name="set_profile"),
    path("reviewers/<int:pk>/ties/", people.declare_tie, name="declare_tie"),
    path("reviewers/<int:pk>/ties/<int:tie>/end/", people.end_tie, name="end_tie"),
    path("blind/", blind_views.blind_reviews, name="blind_reviews"),
    path("blind/take-next/", blind_views.take_next, name="blind_take_next"),
    path("blind/agreement/", blind_views.agreement, name="agreement"),
    path("blind/agreement.csv", blind_views.agreement_file, name="agreement_csv"),
    path("blind/<int:pk>/", blind_views.blind_review, name="blind"),
    path("blind/<int:pk>/keep/", blind_views.keep, name="blind_keep"),
    path("blind/<int:pk>/sign/", blind_views.sign, name="blind_sign"),
    path("blind/<int:pk>/hand-back/", blind_views.hand_back, name="blind_hand_back"),
    path("blind/<int:pk>/call-off/", blind_views.call_off, name="blind_call_off"),
    path("training/", training_views.training, name="training"),
    path("training/<slug:name>/", training_views.training_case, name="training_case"),
    path("training/attempts/<int:pk>/", training_views.attempt, name="training_attempt"),
    path("", queue.queue, name="queue"),
    path("take-next/", queue.take_next, name="take_next"),
    path("claims/<str:icn>/", queue.of_claim, name="of_claim"),
    path("claims/<str:icn>/open/", acts.open_by_hand, name="open"),
    path("claims/<str:icn>/redetermination/", appeal_views.appeal, name="appeal"),
    path("redeterminations/<int:pk>/", appeal_views.redetermination, name="redetermination"),
    path("redeterminations/<int:pk>/papers/", appeal_views.send_papers, name="send_papers"),
    path("redeterminations/<int:pk>/withdraw/", appeal_views.withdraw, name="withdraw"),
    path("redeterminations/report/", appeal_report_views.report, name="appeals_report"),
    path("redeterminations/report.csv", appeal_report_views.export, name="appeals_report_csv"),
    path("cases/<int:pk>/good-cause/", appeal_views.find_good_cause, name="find_good_cause"),
    path("cases/<int:pk>/dismiss/", appeal_views.dismiss, name="dismiss"),
    path("cases/<int:pk>/", case.case, name="case"),
    path("cases/<int:pk>/record/<int:document>/<int:number>/", record.record, name="record"),
    path("cases/<int:pk>/marks/<int:mark>/withdraw/", record.withdraw, name="withdraw_mark"),
    path("cases/<int:pk>/keep/", case.keep_desk, name="keep"),
    path("cases/<int:pk>/sign/", case.sign, name="sign"),
    path("cases/<int:pk>/take/", acts.take, name="take"),
    path("cases/<int:pk>/assign/", acts.assign, name="assign"),
    path("cases/<int:pk>/hand-back/", acts.hand_back, name="hand_back"),
    path("cases/<int:pk>/ask-for-records/", request_views.ask_for_records, name="ask_for_records"),
    path("cases/<int:pk>/ask-for-attestation/", request_views.ask_for_attestation, name="ask_for_attestation"),
    path("cases/<int:pk>/records/", request_views.receive_records, name="receive_records"),
    path("cases/<int:pk>/letter-of-results/", letter_views.results_preview, name="results_preview"),
    path("cases/<int:pk>/close/", acts.close, name="close"),
    path("cases/<int:pk>/reopen/", acts.reopen, name="reopen"),
    path("cases/<int:pk>/judge-blind/", blind_views.choose, name="blind_choose"),
    path("cases/<int:pk>/comparison/", blind_views.compare, name="blind_compare"),
    path("cases/<int:pk>/second-review/", acts.second_review, name="second"),
    path("cases/<int:pk>/second-review/otherwise/", acts.overrule, name="overrule"),
]
