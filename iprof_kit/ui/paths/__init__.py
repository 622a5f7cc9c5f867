"""Autres parcours: what the file gives, what is asked, the question put to the law."""
