"""One act on many claims: chosen in the worklist, looked at in a preview, done with one reason."""
