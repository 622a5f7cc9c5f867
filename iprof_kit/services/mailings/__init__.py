"""A message of a service to many: written by one, confirmed by another, sent by the runner."""
