"""Nobody alone sends to more than twenty: a second person of the service reads and releases."""
