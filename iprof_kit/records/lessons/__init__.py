"""Lessons that trainers play."""
