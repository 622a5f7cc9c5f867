"""How an authority names people at an equal rank: its steps, read from files and checked."""
