"""The inter-academic movement of the second degree."""
