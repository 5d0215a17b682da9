"""Plans of care of suppliers: drafts, versions, reviews, and how they stood on a day."""
