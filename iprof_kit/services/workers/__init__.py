"""Processes that may take so much time and memory, and the turns of those who ask them."""
