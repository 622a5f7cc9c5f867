"""« Votre courrier »: the threads of a person with the service of her file."""
