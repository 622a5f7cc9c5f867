"""What a stranger gives, opened: the one home of decoders, each within its bounds.

Where it would stop others it is opened in a process of its own (`services/workers/opening.py`),
behind the walls of a session; in a session, which is such a process, at once. `docs/security.md`
lists every door.
"""
