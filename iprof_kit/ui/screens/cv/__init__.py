"""Votre CV."""
