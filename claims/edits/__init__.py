"""The edits: every rule that can keep a line from being paid, one file each, its boundary cases beside it as YAML."""
