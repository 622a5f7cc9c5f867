"""Lessons played live, as phones see them: plain pages, without account nor kernel."""
