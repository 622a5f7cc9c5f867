"""What is asked and known of her pay: the fields, what she types in them, what the file says."""
