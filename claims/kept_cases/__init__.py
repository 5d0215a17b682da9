"""Scenarios that administrators write, run and keep in the browser; every kept one is run before a publication."""
