"""The gallery: the fictitious people of the atelier, for everybody, without account."""
