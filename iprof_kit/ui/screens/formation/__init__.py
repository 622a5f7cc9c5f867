"""Formation: the plan of one's academy, an ordered list of wishes, what was followed."""
