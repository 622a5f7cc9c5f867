"""Promotions of grade: conditions, baremes, ratios, contingents, rankings."""
