"""Pages of plans of care: they join what is on file with what the edits would say of it on a claim."""
