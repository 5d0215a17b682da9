"""Claims that came on paper, on the form CMS-1500, and are keyed by an examiner."""
