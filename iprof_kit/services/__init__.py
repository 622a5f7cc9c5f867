"""What a person may do, as the person they are."""
