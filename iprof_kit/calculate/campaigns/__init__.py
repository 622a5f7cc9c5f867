"""The campaigns of a person at a moment, and what comes of them."""
