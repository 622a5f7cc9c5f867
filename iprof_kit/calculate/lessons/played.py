"""A lesson as it is played, by the name under which its room speaks of it.

Its shape stands outside this package, whose other modules load the law: the server holds it too.
"""

from iprof_kit.calculate.played_lesson import (
    MOST_CHOICES,
    MOST_SCREENS,
    Ecran,
    Forme,
    LeconJouee,
    Question,
    Reponse,
    Revelation,
)

__all__ = [
    "MOST_CHOICES",
    "MOST_SCREENS",
    "Ecran",
    "Forme",
    "LeconJouee",
    "Question",
    "Reponse",
    "Revelation",
]
