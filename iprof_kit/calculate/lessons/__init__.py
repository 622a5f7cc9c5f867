"""Lessons: a file of a trainer becomes screens whose every answer the engine calculated."""
