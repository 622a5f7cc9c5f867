"""What became of each row and column, and what is written of it."""
