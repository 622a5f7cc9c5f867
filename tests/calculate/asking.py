"""One question of a subject, asked as anybody asks it, for the tests of every subject."""

from iprof_kit.calculate.subjects import subject


def asker(name, **usual):
    """Return a function that asks a subject, some fields changed from the usual ones."""
    asked = subject(name)

    def ask(**changes):
        return asked.one(asked.question(**(usual | changes)))

    return ask
