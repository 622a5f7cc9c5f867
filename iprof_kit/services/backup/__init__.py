"""Backups: what is kept in one checked file, and put back into an empty place."""
