"""The campaign game: what a room chooses, who is promoted, and what follows; works alone."""
