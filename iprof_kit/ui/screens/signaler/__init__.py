"""« Signaler une erreur »."""
