"""Reports: figures over a span of days, each with its definition, on the screen, on paper and as CSV."""
