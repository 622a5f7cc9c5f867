"""What a participant leaves with: a file that works alone, a handout, slides, a notebook."""
