"""Deciding anew what was decided: reopen, replace, void, after review or because what it was judged by has moved."""
