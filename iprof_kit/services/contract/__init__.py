"""What a screen may ask of the guichet: names, arguments, answers; one module a subject."""
