"""CVs written: the kit’s own JSON, JSON Resume, plain text, and the pages."""
