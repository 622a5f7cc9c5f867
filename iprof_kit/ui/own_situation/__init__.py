"""One person, one situation: what her file says and what she has told, read by every screen."""
