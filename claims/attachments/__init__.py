"""Papers sent apart from their claim: announced by the claim (PWK), matched by control number, NPI and MBI."""
