"""The lessons of the kit: what each teaches, the one that is open, with phones or without."""
