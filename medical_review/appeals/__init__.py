"""Redeterminations: a request is taken in, decided by somebody who took no part before, carried out and told."""
