"""Denials that no remittance tells, because the supplier is not on file: told on paper, at the billing address."""
