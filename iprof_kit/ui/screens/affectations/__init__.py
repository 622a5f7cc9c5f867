"""Votre dossier › Affectations."""
