"""Analyses of time: careers, exits, retirements, next campaigns."""
