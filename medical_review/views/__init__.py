"""The pages of medical review: plain functions that read, call one action and say what became of it."""
