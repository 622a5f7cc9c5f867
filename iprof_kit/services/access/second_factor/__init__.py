"""The second factor: what is asked for after a password, where the settings ask for it."""
