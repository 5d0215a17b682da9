"""The page of a supplier: what it may do and since when, its people, its claims, its money."""
