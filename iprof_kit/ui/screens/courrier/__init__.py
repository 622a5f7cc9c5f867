"""« Votre courrier »."""
