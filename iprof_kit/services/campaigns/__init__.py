"""Campaigns that an academy gave or moved, and what each person notes of hers."""
