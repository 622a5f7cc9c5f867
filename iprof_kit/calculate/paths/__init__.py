"""Other paths: open now, from when, never, or on what it depends."""
