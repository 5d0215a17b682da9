"""What suppliers ask: a patient's eligibility (270, page, API), and where their claims stand (276, page, API)."""
