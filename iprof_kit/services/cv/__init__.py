"""The CV of a person: its draft, versions and links, and the pages that a link shows."""
