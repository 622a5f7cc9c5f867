"""What the kit writes to a person by itself: deduced apart, said with its source, once."""
