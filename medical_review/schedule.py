"""When the scheduler nudges medical review."""

SCHEDULE = {
    "work reviews": {"task": "medical_review.tasks.work_reviews", "schedule": 60.0, "options": {"expires": 60}},
    "work letters": {"task": "medical_review.tasks.work_letters", "schedule": 60.0, "options": {"expires": 60}},
}
