"""What an academy or a département has of its own, by campaign: never assumed elsewhere."""
