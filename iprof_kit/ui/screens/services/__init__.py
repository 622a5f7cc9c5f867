"""Les services: the campaigns of a person, and one campaign's page."""
