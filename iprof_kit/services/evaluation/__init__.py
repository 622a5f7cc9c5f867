"""The evaluators: whom each sees on a day, and the opinions that she prepares about them."""
