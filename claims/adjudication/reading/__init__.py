"""Reading the facts of a batch of claims: a number of queries that does not depend on how many claims there are."""

from claims.adjudication.reading.batch import ClaimInBatch, read_batch

__all__ = ["ClaimInBatch", "read_batch"]
