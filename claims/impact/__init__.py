"""What a change set of the policy tables does to the claims decided so far, before it is approved (docs/impact.md)."""
