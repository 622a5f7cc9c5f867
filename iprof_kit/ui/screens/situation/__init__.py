"""Votre dossier › Situation particulière."""
