"""The rooms of the atelier: the board, and what is played with a group."""
