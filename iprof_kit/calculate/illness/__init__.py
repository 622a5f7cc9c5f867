"""A year of illness, day by day: what stays, the dates at which pay changes, what each month is."""
