"""The portal's server: login, sessions, kernels, guichet, Voilà. It knows screens by notebook."""
