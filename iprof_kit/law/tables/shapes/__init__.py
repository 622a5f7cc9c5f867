"""What each reference table must look like, one file a subject."""
