"""Claims that would be decided otherwise on what is known now: found, and decided anew (docs/history_that_moves.md)."""
