"""Vos perspectives › Autres parcours."""
