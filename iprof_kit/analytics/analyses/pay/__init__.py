"""Analyses of pay."""
