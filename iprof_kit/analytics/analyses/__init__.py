"""The thirty usual analyses of promotion tables: see `catalogue.analyses`."""
