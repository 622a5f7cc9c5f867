"""Votre dossier › Coordonnées, which I-Prof calls « Perso »."""
