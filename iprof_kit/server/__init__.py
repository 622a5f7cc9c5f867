"""Login, sessions, kernels, guichet, Voilà."""
