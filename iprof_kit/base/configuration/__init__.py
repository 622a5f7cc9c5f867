"""What who runs a server may set: each setting declared once, read from one file, and said."""
