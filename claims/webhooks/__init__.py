"""Webhooks: programs of suppliers are told of notices by requests to an address of theirs (Standard Webhooks)."""
