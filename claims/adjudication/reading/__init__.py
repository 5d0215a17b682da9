"""Reading the facts of a batch of claims: a number of queries that does not depend on how many claims there are."""

from claims.adjudication.reading.batch import Billed, ClaimInBatch, read_around, read_batch

__all__ = ["Billed", "ClaimInBatch", "read_around", "read_batch"]
