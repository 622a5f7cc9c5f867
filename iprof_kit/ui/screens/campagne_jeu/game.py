"""The campaign game as it stands: the rules that the room chose, a person read.

It needs nothing of the guichet but the room's vote: fictitious people alone, and nothing is kept
but its address.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

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
from iprof_kit.calculate.campaign_game.vote import LESSON, asked, voted
from iprof_kit.services.contract.lecons import (
    LECON_ALLER,
    LECON_ETAT,
    LECON_FERMER,
    LECON_OUVRIR,
    EtatLecon,
)
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.parts import failed
from iprof_kit.ui.kit.screen import WHY, KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.part import Part

WALL = "/atelier/projecteur"


@dataclass(frozen=True)
class VoteView:
    """What the page says of the vote: its code where one is open, how many answered."""

    code: str = ""
    letters: str = ""
    answers: str = ""
    wall: str = WALL


class Vote(Part):
    """One question asked of the phones of a room, by the operations of lessons."""

    keeps = ("_state",)

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._state: EtatLecon | None = None

    def look(self) -> None:
        """Read what is open; a server that is silent offers no vote."""
        try:
            self._state = self._visit.ask(LECON_ETAT)
        except KitError:
            self._state = None

    def open(self) -> None:
        """Ask the room; a lesson that is open is never closed by it.

        Raises
        ------
        InputError
            A lesson is open.
        """
        self.look()
        if self._state is not None and self._state.code and not self._ours:
            raise InputError(
                "Une leçon est ouverte : ce vote la fermerait.",
                remedy="Fermez-la sous « Leçons », puis revenez.",
            )
        self._state = self._visit.ask(LECON_OUVRIR, lecon=asked().model_dump(mode="json"))

    def close(self) -> None:
        """End the vote: its code and its answers are erased."""
        if self._ours and self._state is not None:
            self._visit.ask(LECON_FERMER, code=self._state.code)
        self._state = EtatLecon()

    def order(self) -> tuple[str, ...]:
        """Reveal the vote, and return the criteria in the order of the room.

        Raises
        ------
        InputError
            No vote is open, or nobody answered.
        """
        self.look()
        if self._state is None or not self._ours:
            raise InputError("Aucun vote n’est ouvert.", remedy="Demandez d’abord à la salle.")
        if self._state.reponses:
            code = self._state.code
            self._state = self._visit.ask(LECON_ALLER, code=code, ecran=0, revele=True)
        counted = self._state.compte
        return voted(counted.choix if counted else (), counted.ordres if counted else ())

    @property
    def view(self) -> VoteView | None:
        """What the page shows; None where the server leads no lesson."""
        if self._state is None:
            return None
        if not self._ours:
            return VoteView()
        many = self._state.reponses
        return VoteView(
            self._state.code,
            " ".join(self._state.code),
            f"{many} réponse{'s' if many > 1 else ''}",
        )

    @property
    def _ours(self) -> bool:
        state = self._state
        return bool(state and state.code and state.lecon and state.lecon.id == LESSON)


LETTERS, AGAINST = "j", "contre"
"""Arguments of the address: the game, and the procedure that stands beside it."""
_DIGITS = 4
_LOW, _HIGH = 5, 40
"""Per cents between which the slider of the ratio goes."""


@dataclass
class GameState(State):
    """What was chosen; nothing of it is kept but in the address of the page."""

    rules: Rules = field(default_factory=law_rules)
    person: int | None = None
    """Number of the person read; None: the one at the bar."""
    against: str = field(default_factory=lambda: references()[0].key)
    reason: str = ""
    """Number of the person whose reason stands open."""


class Game(KitScreen[GameState]):
    """The game, where the room may be asked for its criteria."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self.vote = Vote(visit)

    @property
    def played(self) -> Campaign:
        """The campaign under the rules."""
        return play(self.state.rules)

    @property
    def row(self) -> int:
        """The row of the person read."""
        played = self.played
        if self.state.person is not None:
            return int((played.people.of().ids == self.state.person).argmax())
        return played.bars[0][1] if played.bars else int(played.result.order[0])

    @property
    def address(self) -> str:
        """The arguments of an address that gives the same game back."""
        against = self.state.against
        beside = "" if against == references()[0].key else f"&{AGAINST}={against}"
        return f"{LETTERS}={packed(self.state.rules, self.state.person)}{beside}"

    def arrive(self) -> None:
        """Take the game that an address holds; one that is wrong is told, and begins anew."""
        query = self._visit.query
        if query:
            self.state.against = reference_of(query.get(AGAINST, "")).key
        if letters := query.get(LETTERS):
            try:
                self.state.rules, self.state.person = unpacked(letters)
            except KitError as error:
                self.state.rules, self.state.person = law_rules(), None
                self.state.notices = (failed(error),)
        self.vote.look()

    def before(self, asked: Intent) -> None:
        """Leave the focus where it is."""
        del asked
        self.state.focus = ""

    @intent("jeu_regles")
    def weigh(self, asked: Intent) -> None:
        """Weigh the criteria otherwise."""
        rules = self.state.rules
        stops = shares(rules)
        place = _number(asked.values.get("taux", ""), stops.index(rules.share))
        self.state.rules = replace(
            rules,
            opinion=_number(asked.values.get("appreciation", ""), rules.opinion),
            seniority=_number(asked.values.get("anciennete", ""), rules.seniority),
            balance=asked.values.get("equilibre", rules.balance),
            share=stops[min(place, len(stops) - 1)],
        )

    @intent("jeu_tot", "jeu_tard")
    def move(self, asked: Intent) -> None:
        """Rank by a criterion earlier, or later."""
        by = -1 if asked.name == "jeu_tot" else 1
        self.state.rules = self.state.rules.moved(asked.values.get("of", ""), by)

    @intent("jeu_retirer")
    def take_away(self, asked: Intent) -> None:
        """Rank without a criterion."""
        self.state.rules = self.state.rules.without(asked.values.get("of", ""))
        self.look_at("criteres-t")

    @intent("jeu_ajouter")
    def add(self, asked: Intent) -> None:
        """Rank by a criterion more, the last."""
        self.state.rules = self.state.rules.with_last(asked.values.get("of", ""))
        self.look_at("criteres-t")

    @intent("jeu_rang")
    def read_rank(self, asked: Intent) -> None:
        """Read who is at a rank."""
        order = self.played.result.order
        rank = _number(asked.values.get("rang", ""), 0)
        if 0 < rank <= len(order):
            self.state.person = int(self.played.people.of().ids[order[rank - 1]])

    @intent("jeu_lire")
    def read_person(self, asked: Intent) -> None:
        """Read a person of the list."""
        number = _number(asked.values.get("of", ""), 0)
        if number not in self.played.people.of().ids:
            raise InputError(
                "Cette personne n’est pas de la liste.", remedy="Choisissez un dossier de la liste."
            )
        self.state.person = number
        self.look_at("pourquoi-t")

    @intent(WHY)
    def explain(self, asked: Intent) -> None:
        """Open the reason of a person."""
        self.state.reason = asked.values.get("of", "")

    @intent("jeu_contre")
    def compare(self, asked: Intent) -> None:
        """Set another procedure beside."""
        self.state.against = reference_of(asked.values.get("contre", "")).key

    @intent("jeu_recommencer")
    def begin_anew(self, _asked: Intent) -> None:
        """Come back to the rules of the law."""
        new = GameState()
        self.state.rules, self.state.person = new.rules, new.person
        self.state.against = new.against

    @intent("jeu_csv")
    def give_ranking(self, _asked: Intent) -> None:
        """Give the ranking as a table."""
        self._give("csv", "text/csv", ranking_csv(self.played))

    @intent("jeu_json")
    def give_result(self, _asked: Intent) -> None:
        """Give the whole result."""
        self._give("json", "application/json", result_json(self.played, self.state.rules))

    def _give(self, kind: str, media_type: str, content: bytes) -> None:
        name = f"JEU-campagne-{self.played.people.year}.{kind}"
        self._visit.download = Download(name, media_type, content)

    @intent("jeu_voter")
    def open_vote(self, _asked: Intent) -> None:
        """Ask the room for its criteria."""
        self.vote.open()

    @intent("jeu_compter")
    def count_vote(self, _asked: Intent) -> None:
        """Count who answered."""
        self.vote.look()

    @intent("jeu_prendre")
    def take_vote(self, _asked: Intent) -> None:
        """Rank by the criteria of the room, in its order."""
        self.state.rules = replace(self.state.rules, criteria=self.vote.order())

    @intent("jeu_clore")
    def close_vote(self, _asked: Intent) -> None:
        """End the vote."""
        self.vote.close()


def shares(rules: Rules) -> tuple[int, ...]:
    """Return the ratios that the slider offers: whole per cents, the law's, the one chosen."""
    whole = (per_cent * PER_CENT for per_cent in range(_LOW, _HIGH + 1))
    return tuple(sorted({*whole, law_rules().share, rules.share}))


def _number(typed: str, otherwise: int) -> int:
    """Return a whole number that a page sent; what is none leaves things as they are."""
    plain = typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS
    return int(typed) if plain else otherwise
