"""Acts of medical review: one function, one act. All raise `policy.refusals.Refused`, with a sentence and a field."""
