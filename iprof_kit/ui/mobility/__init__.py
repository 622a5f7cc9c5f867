"""Autres affectations: what the file gives, what is asked, what becomes a question of mobility."""
