"""Ma situation: the perspectives without account."""
