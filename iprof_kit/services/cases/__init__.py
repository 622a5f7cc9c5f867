"""A case, from its draft to its end: who may do what to it, each act kept as an event."""
