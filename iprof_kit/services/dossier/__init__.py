"""The administrative file of a person: stored, imported, read, printed, completed by her."""
