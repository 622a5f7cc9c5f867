"""What a person writes and the kit keeps: the carnet, and scenarios given by a link."""
