"""What an installation asks of its machines."""
