"""Autres parcours: each path, grouped by what it is today, with its conditions and effects."""
