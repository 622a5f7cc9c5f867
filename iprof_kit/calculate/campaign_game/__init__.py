"""The campaign game: a fictitious department, the room's criteria, and what follows from them."""
