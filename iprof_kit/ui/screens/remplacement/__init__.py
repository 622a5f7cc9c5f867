"""A replacement zone: the preferences of the year, and where an extension would lead."""
