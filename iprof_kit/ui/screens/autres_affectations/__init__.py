"""Vos perspectives › Autres affectations."""
