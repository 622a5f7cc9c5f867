"""The pages that the server makes itself: the door, the shell, files, shared CVs."""
