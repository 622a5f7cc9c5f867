"""Analyses of campaigns of promotion."""
