"""Campaign reports: one by academy, corps and grade, aggregated under secrecy or internal."""
