"""What a person types: fields, what is wrong with them, and what is kept of them."""
