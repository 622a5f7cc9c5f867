"""Votre dossier › Anciennetés."""
