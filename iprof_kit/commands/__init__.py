"""The subjects of the command line, one module each."""
