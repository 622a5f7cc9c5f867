"""The six seniorities of a file, on a day."""
