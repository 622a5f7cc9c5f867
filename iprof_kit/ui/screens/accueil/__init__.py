"""Accueil."""
