"""Vos perspectives › Ma paie."""
