"""Votre dossier › Perso."""
