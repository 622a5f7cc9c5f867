"""A lesson as it is played: final French text and calculated answers, plain data, no law.

The trainer's session calculates it once; what serves the phones only counts what comes back.
"""

# No number here is of the law: letters of a text, screens, choices, seconds and minutes.

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from iprof_kit.base.plain import Plain

MOST_SCREENS = 30
MOST_CHOICES = 8
_OF_A_TITLE, _OF_A_TEXT, _OF_A_CHOICE, _OF_A_FIGURE = 160, 1_200, 160, 60_000
Forme = Literal["choix", "plusieurs", "estimation", "ordre"]
Title = Annotated[str, StringConstraints(min_length=1, max_length=_OF_A_TITLE)]
Text = Annotated[str, StringConstraints(max_length=_OF_A_TEXT)]
Choice = Annotated[str, StringConstraints(min_length=1, max_length=_OF_A_CHOICE)]


class Reponse(Plain):
    """What somebody answers, or the right answer, in the form that its question has.

    `choix` are places in `Question.choix`: one, several, or all of them in order; `valeur` is the
    place of the slider. The other one stays empty.
    """

    choix: Annotated[tuple[int, ...], Field(max_length=MOST_CHOICES)] = ()
    valeur: float | None = None


class Question(Plain):
    """One question: its four forms, its answers in the order shown."""

    forme: Forme
    texte: Title
    precision: Text = ""
    choix: Annotated[tuple[Choice, ...], Field(max_length=MOST_CHOICES)] = ()
    minimum: float | None = None
    maximum: float | None = None
    pas: float | None = None
    unite: str = Field(default="", max_length=20)
    secondes: int = Field(default=45, ge=5, le=600)

    @model_validator(mode="after")
    def _what_its_form_needs(self) -> Question:
        if self.forme == "estimation":
            low, high, step = self.minimum, self.maximum, self.pas
            if low is None or high is None or step is None or low >= high or step <= 0:
                raise ValueError("une estimation demande minimum, maximum et pas")
        elif len(self.choix) <= 1 or len(set(self.choix)) < len(self.choix):
            raise ValueError("au moins deux choix, tous différents")
        return self


class Revelation(Plain):
    """What the reveal says: the right answer, in figures, in a sentence, with its sources."""

    juste: Reponse
    valeur: Title = Field(description="« 8 405 € nets » : ce que l’on lit du fond de la salle.")
    chapeau: str = Field(default="", max_length=_OF_A_TITLE)
    texte: Text = ""
    sources: tuple[str, ...] = ()
    droit_du: date
    a_verifier: bool = False


class Ecran(Plain):
    """One idea: words, a question with its reveal, a figure, or what to keep in mind."""

    titre: Title
    texte: Text = ""
    question: Question | None = None
    revelation: Revelation | None = None
    figure: str = Field(default="", max_length=_OF_A_FIGURE)
    """The letters of a séance (`calculate.atelier.seance.packed`) whose scenarios are shown."""
    retenir: tuple[tuple[Title, Text], ...] = ()

    @model_validator(mode="after")
    def _no_question_without_its_answer(self) -> Ecran:
        if (self.question is None) != (self.revelation is None):
            raise ValueError("une question et sa révélation vont ensemble")
        return self


class LeconJouee(Plain):
    """A lesson ready to be played, printed or taken away."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    titre: Title
    minutes: int = Field(default=10, ge=1, le=120)
    jour: date = Field(description="Jour figé de la leçon.")
    ecrans: Annotated[tuple[Ecran, ...], Field(min_length=1, max_length=MOST_SCREENS)]
