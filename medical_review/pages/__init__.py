"""What the pages of medical review show."""
