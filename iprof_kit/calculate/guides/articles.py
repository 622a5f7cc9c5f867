"""The articles' own words: short extracts of official texts as they were read, of one version.

`data/articles` holds a file a text. An extract is quoted exactly, cut by « […] », for the rules
that apply it; nothing is quoted of a text that was not read.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from iprof_kit.base.calendar import date_text
from iprof_kit.base.errors import BadTable
from iprof_kit.base.paths import ARTICLES
from iprof_kit.base.plain import Plain
from iprof_kit.base.words import NBSP
from iprof_kit.base.yaml_text import read_yaml

CUT = "[…]"


class Quantity(Plain):
    """A quantity that an extract names, and the row of a table that holds it too."""

    mots: str
    vaut: float | str
    table: str
    ou: dict[str, str]
    colonne: str


class Extract(Plain):
    """Words of an article, and the rules that apply them."""

    regles: tuple[str, ...]
    mots: str
    nombres: tuple[Quantity, ...] = ()
    sans_ligne: tuple[str, ...] = Field(
        default=(), description="Quantités que nomme l’extrait et qu’aucune ligne ne tient seule."
    )


class Article(Plain):
    """One version of an article, as it was read: its days, or one day on which it was in force."""

    article: str
    du: date | None = None
    au: date | None = None
    le: date | None = None
    adresse: str
    lecture: str
    lu_le: date
    confiance: Literal["A", "B"]
    extraits: tuple[Extract, ...]

    @model_validator(mode="after")
    def _dated(self) -> Article:
        if (self.du is None) == (self.le is None):
            raise ValueError("une version se date par son début (du) ou par un jour (le).")
        return self

    @property
    def first(self) -> date:
        """The first day on which the version read is known to be in force."""
        return self.du or self.le or date.min

    @property
    def last(self) -> date | None:
        """The last one; None while it is in force."""
        return self.le or self.au

    @property
    def in_force(self) -> str:
        """« en vigueur du 29 octobre 2021 au 5 août 2023 »."""
        if self.le:
            return f"en vigueur le {date_text(self.le)}"
        if self.au:
            return f"en vigueur du {date_text(self.first)} au {date_text(self.au)}"
        return f"en vigueur depuis le {date_text(self.first)}"


class ArticlesOfText(Plain):
    """What was read of one law, décret, arrêté or code."""

    texte: str
    articles: tuple[Article, ...]


class Quote(Plain):
    """An extract for one rule, with its text, its version and where it was read."""

    text: str
    version: Article
    extract: Extract

    @property
    def words(self) -> str:
        """The extract in quotation marks, as it was read but for spaces and apostrophes."""
        return f"« {self.extract.mots} »"

    @property
    def paper(self) -> str:
        """Which text, which article, which version."""
        return f"{self.text}, art.{NBSP}{self.version.article}, {self.version.in_force}"

    @property
    def read(self) -> str:
        """Where it was read and when, and how sure it is that this is the article."""
        one = self.version
        return f"{one.lecture} ; lu le {date_text(one.lu_le)}, confiance {one.confiance}"


def quotes(rule: str, since: date, until: date | None) -> tuple[Quote, ...]:
    """Return what was read of the articles that a wording of a rule applies, the oldest first.

    Parameters
    ----------
    rule : str
        Name of a rule of the registry.
    since, until : date
        Days of the wording: a version that no day of it shares is not quoted.

    Examples
    --------
    >>> [each.version.article for each in quotes("bonification_quota", date(2017, 9, 1), None)]
    ['24']
    """
    return tuple(
        quote
        for quote in quoted().get(rule, ())
        if (until is None or quote.version.first <= until)
        and (quote.version.last is None or since <= quote.version.last)
    )


@cache
def quoted() -> dict[str, tuple[Quote, ...]]:
    """Return every extract read, by the rule that applies it.

    Raises
    ------
    BadTable
        A file of the kit is not one of articles: it is named, with what is wrong.
    """
    by_rule: dict[str, list[Quote]] = {}
    for path in sorted(ARTICLES.glob("*.yml")):
        try:
            read = ArticlesOfText.model_validate(read_yaml(path.read_text(encoding="utf-8")))
        except ValidationError as error:
            raise BadTable(
                f"ce fichier d’articles ne convient pas. {error}", where=path.name
            ) from error
        for version in read.articles:
            for extract in version.extraits:
                for rule in extract.regles:
                    quote = Quote(text=read.texte, version=version, extract=extract)
                    by_rule.setdefault(rule, []).append(quote)
    return {
        rule: tuple(sorted(of_rule, key=lambda one: one.version.first))
        for rule, of_rule in by_rule.items()
    }
