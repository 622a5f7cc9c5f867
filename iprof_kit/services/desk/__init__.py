"""The desk of who follows files: whom she sees today, what waits for her, what she answers."""
