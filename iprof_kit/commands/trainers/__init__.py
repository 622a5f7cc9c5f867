"""What trainers write: their personas and their scenarios."""
