"""Our organization: its people, invitations and keys, and what it has until when with the money that is at risk."""
