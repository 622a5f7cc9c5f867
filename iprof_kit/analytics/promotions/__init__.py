"""A campaign of promotions as an analyst speaks of it: see `start.campagne`."""
