"""What the guichet runs for a screen."""
