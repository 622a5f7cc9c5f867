"""Votre dossier: Synthèse and Carrière."""
