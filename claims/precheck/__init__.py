"""Check before billing: a claim that nobody sent yet, decided by the rules and on the facts that will decide it."""
