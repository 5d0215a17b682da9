"""Pages of this room: documents as they were received."""
