"""Les services › Concours: which are open, one's sessions and steps, its RAEP file, its result."""
