"""The world that a session sees: a root of its own, its own user, nothing else of the machine.

`calls` speaks to Linux, `root` makes the world once for all sessions, `room` gives each session
what is hers alone: a small folder in memory, a user, a numbering of processes.
"""

SCRATCH = "IPROF_MONDE"
"""Variable by which the server tells where to make a world; taken out as soon as it is read."""
USER = "IPROF_UTILISATEUR"
"""Variable by which it tells an ordinary kernel which user to become."""
