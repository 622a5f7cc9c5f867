"""Autres affectations: the wishes, their scores, the map, the extension, the dates."""
