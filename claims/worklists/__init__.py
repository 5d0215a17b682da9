"""How a person likes the list of claims: saved filters and columns."""
