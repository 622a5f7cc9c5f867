"""Lessons played live: a trainer leads one, phones answer it without a name."""
