"""The pension of the State: departure dates compared."""
