"""One question of a subject, asked as anybody asks it, for the tests of every subject."""

from functools import partial

from iprof_kit.calculate.subjects import subject


def ask(name, usual, **changes):
    """Return the answer of a subject to its usual question, some fields of it changed."""
    asked = subject(name)
    return asked.one(asked.question(**(usual | changes)))


def asker(name, **usual):
    """Return a function that asks a subject, some fields changed from the usual ones."""
    return partial(ask, name, usual)
