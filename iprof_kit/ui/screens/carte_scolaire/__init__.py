"""A post that is closed: which wishes carry the priority, on the person’s own case."""
