"""The kit of parts: every screen is made of these pieces, and they know no screen."""
