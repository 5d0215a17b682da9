"""When the scheduler nudges. Every task here finds its own work and may run at any time, twice, or late."""

SCHEDULE = {
    "work the queue": {"task": "claims.tasks.work_queue", "schedule": 20.0, "options": {"expires": 20}},
    "take up files": {"task": "claims.tasks.receive_broken_off", "schedule": 300.0, "options": {"expires": 300}},
    "match attachments": {"task": "claims.tasks.match_attachments", "schedule": 60.0, "options": {"expires": 60}},
    "work mass adjustments": {
        "task": "claims.tasks.work_mass_adjustments",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "work impacts": {"task": "claims.tasks.work_impacts", "schedule": 20.0, "options": {"expires": 20}},
    "work the business day": {"task": "claims.tasks.work_today", "schedule": 900.0, "options": {"expires": 900}},
    "count the inventory": {"task": "claims.tasks.count", "schedule": 60.0, "options": {"expires": 60}},
    "sweep up": {"task": "claims.tasks.sweep_up", "schedule": 600.0, "options": {"expires": 600}},
    "look after documents": {
        "task": "beneficiaries.tasks.look_after_documents",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "tell suppliers": {"task": "claims.tasks.tell_news", "schedule": 30.0, "options": {"expires": 30}},
    "deliver webhooks": {"task": "claims.tasks.deliver_webhooks", "schedule": 15.0, "options": {"expires": 15}},
    "seal": {"task": "claims.tasks.seal", "schedule": 300.0, "options": {"expires": 300}},
}
