"""From the facts of a CV to the lines of a document."""
