"""« Mes données »: what is kept, taken away, erased, and for how long."""
