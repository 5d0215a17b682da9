"""Requests for records: asking, answering in one go or several, and what becomes of an answer that came late."""
