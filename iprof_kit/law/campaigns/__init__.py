"""Campaigns: the state table of a service, the dates of a year, what is possible at a moment."""
