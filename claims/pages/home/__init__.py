"""The home page of the staff, part by part; each figure leads to its list."""
