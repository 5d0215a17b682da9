"""Training: made-up cases with a known answer, judged on the same desk; nothing of it touches claims or figures."""
