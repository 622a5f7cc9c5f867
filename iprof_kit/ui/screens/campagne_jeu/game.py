"""The game as it stands: the rules of the room, the person read, the procedure beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.campaign_game.campaign import Campaign, play
from iprof_kit.calculate.campaign_game.compared import reference_of, references
from iprof_kit.calculate.campaign_game.result import ranking_csv, result_json
from iprof_kit.calculate.campaign_game.rules import (
    PER_CENT,
    Rules,
    law_rules,
    packed,
    unpacked,
)
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.parts import Notice, failed
from iprof_kit.ui.shared.messages import Intent

LETTERS, AGAINST = "j", "contre"
"""Arguments of the address: the game, and the procedure that stands beside it."""


class Game:
    """What was chosen; nothing of it is kept but in the address of the page."""

    def __init__(self) -> None:
        self.rules = law_rules()
        self.person: int | None = None
        """Number of the person read; None: the one at the bar."""
        self.against = references()[0].key
        self.notices: tuple[Notice, ...] = ()
        self.download: Download | None = None
        self.turn, self.focus = 0, ""
        self.opened = ""
        """Number of the person whose reason stands open."""
        self._intents: dict[str, Callable[[Mapping[str, str]], None]] = {
            "jeu_regles": self._weigh,
            "jeu_tot": lambda values: self._move(values, -1),
            "jeu_tard": lambda values: self._move(values, 1),
            "jeu_retirer": self._take_away,
            "jeu_ajouter": self._add,
            "jeu_rang": self._read_rank,
            "jeu_lire": self._read_person,
            "jeu_contre": self._compare,
            "pourquoi": self._open_reason,
            "jeu_recommencer": self._again,
            "jeu_csv": lambda _: self._give("csv"),
            "jeu_json": lambda _: self._give("json"),
        }

    @property
    def played(self) -> Campaign:
        """The campaign under the rules."""
        return play(self.rules)

    @property
    def row(self) -> int:
        """The row of the person read."""
        played = self.played
        if self.person is not None:
            return int((played.people.of().ids == self.person).argmax())
        return played.bars[0][1] if played.bars else int(played.result.order[0])

    @property
    def address(self) -> str:
        """The arguments of an address that gives the same game back."""
        beside = "" if self.against == references()[0].key else f"&{AGAINST}={self.against}"
        return f"{LETTERS}={packed(self.rules, self.person)}{beside}"

    def open(self, query: Mapping[str, str]) -> None:
        """Take the game that an address holds; one that is wrong is told, and begins anew."""
        self.notices = ()
        if query:
            self.against = reference_of(query.get(AGAINST, "")).key
        if letters := query.get(LETTERS):
            try:
                self.rules, self.person = unpacked(letters)
            except KitError as error:
                self.rules, self.person = law_rules(), None
                self.notices = (failed(error),)

    def receive(self, intent: Intent) -> None:
        """Do what the room chose; what cannot be is told, and changes nothing."""
        self.notices, self.focus = (), ""
        act = self._intents.get(intent.name)
        if act is None:
            return
        try:
            act(intent.values)
        except KitError as error:
            self.notices = (failed(error),)

    def _weigh(self, values: Mapping[str, str]) -> None:
        rules = self.rules
        stops = shares(rules)
        place = _number(values.get("taux", ""), stops.index(rules.share))
        self.rules = replace(
            rules,
            opinion=_number(values.get("appreciation", ""), rules.opinion),
            seniority=_number(values.get("anciennete", ""), rules.seniority),
            balance=values.get("equilibre", rules.balance),
            share=stops[min(place, len(stops) - 1)],
        )

    def _move(self, values: Mapping[str, str], by: int) -> None:
        self.rules = self.rules.moved(values.get("of", ""), by)

    def _take_away(self, values: Mapping[str, str]) -> None:
        self.rules = self.rules.without(values.get("of", ""))
        self._focus_on("criteres-t")

    def _add(self, values: Mapping[str, str]) -> None:
        self.rules = self.rules.with_last(values.get("of", ""))
        self._focus_on("criteres-t")

    def _read_rank(self, values: Mapping[str, str]) -> None:
        order = self.played.result.order
        rank = _number(values.get("rang", ""), 0)
        if 0 < rank <= len(order):
            self.person = int(self.played.people.of().ids[order[rank - 1]])

    def _read_person(self, values: Mapping[str, str]) -> None:
        number = _number(values.get("of", ""), 0)
        if number not in self.played.people.of().ids:
            raise InputError(
                "Cette personne n’est pas de la liste.", remedy="Choisissez un dossier de la liste."
            )
        self.person = number
        self._focus_on("pourquoi-t")

    def _open_reason(self, values: Mapping[str, str]) -> None:
        self.opened = values.get("of", "")

    def _compare(self, values: Mapping[str, str]) -> None:
        self.against = reference_of(values.get("contre", "")).key

    def _again(self, _values: Mapping[str, str]) -> None:
        self.rules, self.person, self.against = law_rules(), None, references()[0].key

    def _give(self, kind: str) -> None:
        name = f"JEU-campagne-{self.played.people.year}.{kind}"
        content = {
            "csv": lambda: ranking_csv(self.played),
            "json": lambda: result_json(self.played, self.rules),
        }[kind]()
        self.download = Download(name, _TYPES[kind], content)

    def _focus_on(self, place: str) -> None:
        self.turn, self.focus = self.turn + 1, place


_TYPES = {"csv": "text/csv", "json": "application/json"}
_LOW, _HIGH = 5, 40
"""Per cents between which the slider of the ratio goes."""
_DIGITS = 4


def shares(rules: Rules) -> tuple[int, ...]:
    """Return the ratios that the slider offers: whole per cents, the law's, the one chosen."""
    whole = (per_cent * PER_CENT for per_cent in range(_LOW, _HIGH + 1))
    return tuple(sorted({*whole, law_rules().share, rules.share}))


def _number(typed: str, otherwise: int) -> int:
    """Return a whole number that a page sent; what is none leaves things as they are."""
    plain = typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS
    return int(typed) if plain else otherwise
