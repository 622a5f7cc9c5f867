"""« Signaler une erreur »: what a person says of her file, and what becomes of it."""
