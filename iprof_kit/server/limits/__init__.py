"""How much one place, one person or everybody may ask at once."""
