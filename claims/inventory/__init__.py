"""The summary that the home page reads: open claims, days, denials, what is stuck; counted each minute."""
