"""Scenarios: rules as cases that a policy analyst can read, write and run, through the engine of real claims."""
