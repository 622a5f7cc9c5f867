"""The law as dated data and as pure functions."""
