"""The trainers’ desk: two fictitious people side by side."""
