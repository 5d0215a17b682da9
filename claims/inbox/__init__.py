"""Notices: what suppliers are told, found in what is there already; read in an inbox, told by e-mail."""
