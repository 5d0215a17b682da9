"""The home page of suppliers: what needs an answer, claims by status, what ends soon."""
