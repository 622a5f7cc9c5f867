"""A fictitious population for analysts: entries, careers, decisions, postings, calibration."""
