"""Corrections that a supplier makes of its own claims: filled from the claim, compared, sent or asked for."""
