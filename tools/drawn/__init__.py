"""What a tree of the kit shows: drawn by its own code, read as lines, compared."""
