"""The engine alone over HTTP: every subject is a route; nobody is known, nothing is kept."""
