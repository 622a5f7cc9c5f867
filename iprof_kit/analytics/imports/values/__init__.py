"""From the text of a cell to a value, and what must hold between values."""
