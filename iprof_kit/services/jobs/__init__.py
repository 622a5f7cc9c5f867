"""What the kit does by itself, and the one runner of it."""
