"""Blind double review: a second reviewer judges a case without a word of the first; nothing of it touches the claim."""
