"""The demonstration: a synthetic year of suppliers, patients and claims that the real engine decides."""
