"""The policy desk: rows are proposed together by one administrator, approved by another, and published at once."""
