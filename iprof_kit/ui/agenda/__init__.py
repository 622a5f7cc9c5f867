"""What comes on a day, for the screens that show it and the file that a calendar reads."""
