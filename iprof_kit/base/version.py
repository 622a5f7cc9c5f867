"""The version of the kit: written here, read by the build and by all that signs what it makes."""

__version__ = "0.1.0"
