"""The page of one claim: its verdict, lines, price, plan of care, decisions, the files it came in and went out with."""
