"""The API: claims and remittances to read, files to send. Suppliers see their own."""
