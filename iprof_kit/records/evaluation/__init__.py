"""The evaluators: whom each may see between two days, and the opinions that she prepares."""
