"""Promotions of grade: the condition, the bareme, and when the hors classe could come."""
