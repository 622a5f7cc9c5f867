"""The world that a session sees: a root of its own, its own user, nothing else of the machine.

`calls` speaks to Linux, `root` makes the world once for all sessions, `room` gives each session
what is hers alone: a small folder in memory, a user, a numbering of processes.
"""
