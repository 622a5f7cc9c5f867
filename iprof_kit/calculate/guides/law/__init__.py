"""The law as it is read: its grids, its rules and their texts, the rows of its tables."""
