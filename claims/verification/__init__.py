"""Sealing what never changes, and verifying that it has not: decisions, their lines, the ledger, events."""
