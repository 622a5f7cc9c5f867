"""What a decree changes, on the command line."""
