"""Documents: received as a stream, opened in a process of their own, kept byte for byte, handed out by short links."""
