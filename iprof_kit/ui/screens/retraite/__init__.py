"""Vos perspectives › Retraite."""
