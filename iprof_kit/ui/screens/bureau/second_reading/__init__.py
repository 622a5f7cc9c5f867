"""What waits for a second person of the service: read as each person would, then released."""
