"""From a file as it was found to a table of texts."""
