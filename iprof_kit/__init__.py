"""iprof_kit: the open, unofficial career assistant of French teachers."""

__version__ = "0.1.0"
