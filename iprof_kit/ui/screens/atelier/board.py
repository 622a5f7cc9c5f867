"""What a trainer does on the board: a person, a day, scenarios, a file that gives it all back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.atelier.files import check_text
from iprof_kit.calculate.atelier.model import LETTERS, Letter, Persona
from iprof_kit.calculate.atelier.seance import Seance, exported, imported, packed, reopened
from iprof_kit.calculate.et_si.answer import EtSiAnswer
from iprof_kit.calculate.et_si.events import PROMOTIONS
from iprof_kit.calculate.et_si.question import EtSiQuestion, Evenement
from iprof_kit.calculate.et_si.words import project_speaks_of
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.fields import read_day
from iprof_kit.ui.kit.parts import Notice, failed
from iprof_kit.ui.kit.screen import intent
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.atelier.figure import months_between
from iprof_kit.ui.screens.atelier.reopening import notices_of
from iprof_kit.ui.screens.atelier.signatures import Signatures
from iprof_kit.ui.screens.atelier.takeaway.contents import MOST_PEOPLE, of_seances
from iprof_kit.ui.screens.atelier.takeaway.files import FORMATS, file_of
from iprof_kit.ui.screens.et_si.editor import Editor, ScenariosState
from iprof_kit.ui.screens.et_si.essais import Drafts, Essais, compare
from iprof_kit.ui.screens.et_si.ideas import Idea, ideas, next_september
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

PATH = "/atelier"
_A_YEAR = 12
_YAML = (".yml", ".yaml")


@dataclass(frozen=True)
class Link:
    """The letters of an address, and the board that they give: they stay as long as it does."""

    letters: str
    seance: Seance


@dataclass
class BoardState(ScenariosState):
    """What a board keeps: the séance that it shows, those shown before, what was typed wrong."""

    seance: Seance | None = None
    left: dict[str, Seance] = field(default_factory=dict)
    """Those whom the board showed before, as they were left, by the id of the persona."""
    link: Link | None = None
    made: str = ""
    """The letters that were just signed, to be given to others."""
    errors: dict[str, KitError] = field(default_factory=dict)
    typed: str = ""
    together: bool = False
    """Whether those whom the board showed before are taken away with the one that it shows."""
    messages: int = 0
    """How many were answered: what a control shows again after a refusal is drawn anew."""
    chosen: bool = False
    """Whether a person was chosen: the gallery shows all of them first."""


class Board(Editor[BoardState]):
    """The board of one page: what it shows is a `Seance` and nothing else.

    Parameters
    ----------
    people : mapping of str to Persona
        The personas offered, by id; the first is shown first.
    path : str
        The address of the page.
    signatures : Signatures, optional
        The server's; without it no link is signed, and none is recognised.
    """

    _keeps_the_first = False

    def __init__(
        self,
        visit: Visit,
        people: Mapping[str, Persona],
        path: str = PATH,
        signatures: Signatures | None = None,
    ) -> None:
        super().__init__(visit)
        self.people, self.path, self._signatures = people, path, signatures

    @property
    def seance(self) -> Seance:
        """What the board shows: the first persona until another one is chosen."""
        if self.state.seance is None:
            self.state.seance = Seance.of(next(iter(self.people.values())))
        return self.state.seance

    def arrive(self) -> None:
        """Show the séance or the persona that an address names; else the board stays as it is."""
        query = self._visit.query
        self.state.chosen = not {"s", "p"}.isdisjoint(query)
        if letters := query.get("s"):
            self.open(letters)
        elif name := query.get("p"):
            self.choose(name)

    def receive(self, asked: Intent) -> None:
        """Do what is asked; what is refused changes nothing and says why."""
        super().receive(asked)
        self.state.messages += 1
        self.state.chosen = True

    def before(self, asked: Intent) -> None:
        """Say no more what was made, or refused, of the act before."""
        super().before(asked)
        self.state.errors, self.state.typed, self.state.made = {}, "", ""

    def open(self, letters: str) -> None:
        """Show the séance of an address, and what has changed since; say so where it is not one."""
        try:
            kept = reopened(letters)
            signed = self._recognised(letters) if kept.signature else None
            self._take(kept.seance)
            answer = self.answer()
        except KitError as error:
            self.state.notices = (failed(error),)
            return
        if kept.rules:  # an earlier version said less: the page takes the letters of this one
            self.state.link = Link(letters, self.seance)
        self.state.notices = notices_of(kept, answer, _today(), link=True, signed=signed)

    def choose(self, name: str) -> None:
        """Show a persona as her file says; a name that nobody bears changes nothing."""
        persona = self.people.get(name)
        if persona is not None:
            self._take(Seance.of(persona))
            self.look_at("personne-t")

    def answer(self) -> EtSiAnswer:
        """Return the answer to the scenarios shown.

        Raises
        ------
        InputError, LawError
            The law does not answer about this person on this day.
        """
        return self._asked(self.seance)

    def question(self) -> EtSiQuestion:
        """Return the question of the scenarios shown."""
        return self._question(self.seance)

    def address(self, answer: EtSiAnswer) -> str:
        """Return what follows « ? » in the address of this board; "" where it is too long."""
        letters = self._letters(answer)
        return f"s={letters}" if letters else ""

    @property
    def signs(self) -> bool:
        """Whether a server signs the links of this board."""
        return self._signatures is not None and self._signatures.signs

    def open_to_all(self) -> bool:
        """Return whether its links open without account on this server."""
        return self._signatures is not None and self._signatures.gallery()

    def essais(self) -> Essais:
        """Return the scenarios as the editor has them, the one whose events are shown."""
        shown = LETTERS.index(self.seance.vu) if self.state.tab is None else self.state.tab
        return Essais(
            scenarios=self.seance.scenarios,
            vu=min(shown, len(self.seance.scenarios) - 1),
        )

    def offered(self, answer: EtSiAnswer) -> tuple[Idea, ...]:
        """Return the ideas that suit her, and the project that no text adopted."""
        situation, begin = self._start(), next_september(self.seance.jour)
        usual = ideas(situation, self.seance.jour, answer.depart_possible)
        if not project_speaks_of(situation.corps or ""):
            return usual
        project = Evenement(nature="projet_durees", debut=begin)
        return (*usual, Idea("projet", "projet de 2025", project))

    def typed_day(self) -> str:
        """Return the day as its field shows it: what was typed, where it is refused."""
        return self.state.typed or text.typed_day(self.seance.jour)

    def _asked(self, seance: Seance) -> EtSiAnswer:
        return compare(self._question(seance))

    @staticmethod
    def _question(seance: Seance) -> EtSiQuestion:
        return seance.persona.question(seance.scenarios, seance.jour)

    def _essais(self) -> Essais:
        return self.essais()

    def _keep(self, essais: Essais) -> None:
        known = LETTERS[: len(essais.scenarios)]
        first, second = (one if one in known else known[-1] for one in self.seance.compares)
        self._change(
            {
                "scenarios": essais.scenarios,
                "vu": LETTERS[essais.vu],
                "compares": (first, second),
            }
        )

    def _change(self, fields: Mapping[str, object]) -> None:
        self.state.seance = self.seance.model_copy(update=fields)

    def _start(self) -> Situation:
        return self.seance.persona.start()

    def _situation(self) -> Situation | None:
        return self._start()

    def _today(self) -> date:
        return self.seance.jour

    def _since(self) -> date | None:
        return self._start().date_effet

    def _answer(self, essais: Essais) -> EtSiAnswer | None:
        return self._asked(self.seance.model_copy(update={"scenarios": essais.scenarios}))

    def _ideas(self, answer: EtSiAnswer | None) -> tuple[Idea, ...]:
        return () if answer is None else self.offered(answer)

    def _take(self, seance: Seance) -> None:
        """Show another séance, once the law has answered about it."""
        self._asked(seance)
        self.state.left = {**self.state.left, self.seance.persona.id: self.seance}
        self.state.drafts, self.state.tab, self.state.seance = Drafts(), None, seance
        self.state.renaming = None

    @intent("at_persona")
    def choose_person(self, asked: Intent) -> None:
        """Show another persona."""
        self.choose(asked.values.get("of", ""))

    def choose_tab(self, asked: Intent) -> None:
        """Show the events of a scenario, which the séance remembers."""
        super().choose_tab(asked)
        if self.state.tab is not None:
            self._change({"vu": LETTERS[self.state.tab]})

    @intent("at_comparer")
    def compare(self, asked: Intent) -> None:
        """Take the two scenarios compared and the horizon, each as the page has it."""
        first, second = (
            _letter(asked.values.get(name, ""), before)
            for name, before in zip(("premier", "second"), self.seance.compares, strict=True)
        )
        known = LETTERS[: len(self.seance.scenarios)]
        year = asked.values.get("horizon", "")
        later = year.isdigit() and self.seance.jour.year < int(year) <= self.answer_end()
        self._change(
            {
                "compares": tuple(one if one in known else known[0] for one in (first, second)),
                "horizon": int(year) if later else self.seance.horizon,
            }
        )

    def answer_end(self) -> int:
        """Return the year of the last departure of the scenarios."""
        return max(one.depart.year for one in self.answer().scenarios)

    @intent("at_deplacer")
    def drag(self, asked: Intent) -> None:
        """Move an event to where its flag was left: months since the day of the board."""
        located, months = self._event(asked), asked.values.get("mois", "")
        if located is None or not months.isdigit() or located[2].debut is None:
            return
        event = located[2]
        by = int(months[:4]) - months_between(self.seance.jour, event.debut or date.min)
        if event.nature in PROMOTIONS:  # 1 September of a year, whatever the month of the finger
            by = _A_YEAR * round(by / _A_YEAR)
        if by:
            self._move(asked, by)
        self.state.tab = None

    @intent("at_jour")
    def change_day(self, asked: Intent) -> None:
        """Freeze another day, unless the law does not answer on it."""
        typed = asked.values.get("jour", "")
        try:
            day = read_day(typed)
            self._take(self.seance.model_copy(update={"jour": day}))
        except KitError as error:
            self.state.errors, self.state.typed = {"jour": error}, typed

    def _letters(self, answer: EtSiAnswer) -> str:
        """Return the letters that brought this board while it is the same, else new ones."""
        link = self.state.link
        if link is not None and link.seance == self.seance:
            return link.letters
        return packed(self.seance, answer, _today())

    def _recognised(self, letters: str) -> bool | None:
        """Return whether the server signed these letters; None where there is no server.

        Raises
        ------
        InputError
            The signature is another's.
        """
        signed = None if self._signatures is None else self._signatures.right(letters)
        if signed is False:
            raise InputError(
                "Ce lien a été modifié, ou un autre serveur l’a signé : sa signature ne "
                "va pas avec lui. Rien n’a changé sur cette page.",
                remedy="Redemandez-le à qui l’a fait, ou rouvrez le fichier de la séance.",
            )
        return signed

    @intent("at_lien")
    def sign(self, _asked: Intent) -> None:
        """Have the server sign a link to this board."""
        if self._signatures is None or not self._signatures.signs:
            return
        letters = packed(self.seance, self.answer(), _today())
        if not letters:
            raise InputError(
                "Cette séance est trop longue pour un lien.",
                remedy="Enregistrez-la : son fichier la redonne.",
            )
        self.state.made = self._signatures.signed(letters)
        self.state.link = Link(self.state.made, self.seance)
        self.look_at("lien")

    @intent("at_enregistrer")
    def save(self, _asked: Intent) -> None:
        """Give the séance as a file."""
        who, day = self.seance.persona.id, self.seance.jour
        name = f"seance-{who}-{day.isoformat()}.json"
        content = exported(self.seance, self.answer(), _today())
        self._visit.download = Download(name, "application/json", content)
        self._done(f"Séance enregistrée le {text.moment(utc_now())}.", f"Fichier : {name}.")

    @property
    def others(self) -> tuple[Seance, ...]:
        """Those whom the board showed before, as they were left; some at most."""
        own = self.seance.persona.id
        left = [one for who, one in self.state.left.items() if who != own]
        return tuple(left[1 - MOST_PEOPLE :])

    @intent("at_ensemble")
    def join(self, asked: Intent) -> None:
        """Take the others away with this one, or no longer."""
        self.state.together = asked.values.get("ensemble", "") != ""

    @intent("at_emporter")
    def take_away(self, asked: Intent) -> None:
        """Make a file of the séance: typeset in this process, sent to the browser, kept nowhere."""
        vers = asked.values.get("of", "")
        if vers not in FORMATS:
            return
        others = self.others if self.state.together else ()
        made = self._visit.download = file_of(of_seances((self.seance, *others)), vers)
        self._done(f"Fichier fait le {text.moment(utc_now())}.", f"{made.name}.")

    @intent("at_ouvrir")
    def open_file(self, asked: Intent) -> None:
        """Show the séance or the persona of a file."""
        if asked.file.lower().endswith(_YAML):
            self._open_persona(asked)
        else:
            self._open_seance(asked)

    def _done(self, title: str, words: str) -> None:
        self.state.notices = (Notice(title, words, "ok"),)

    def _open_persona(self, asked: Intent) -> None:
        try:
            words = (asked.content or b"").decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(
                "Ce fichier n’est pas du texte. Rien n’a changé sur cette page.",
                remedy="Enregistrez-le en UTF-8.",
            ) from error
        if asked.content is None:
            raise InputError(
                "Ce fichier est trop grand. Rien n’a changé sur cette page.",
                remedy="Vérifiez que c’est le bon fichier.",
            )
        self._take(Seance.of(check_text(words, asked.file)))
        self._done("Persona ouverte.", "Chaque phrase est vérifiée.")

    def _open_seance(self, asked: Intent) -> None:
        kept = imported(asked.content)
        self._take(kept.seance)
        self.state.notices = notices_of(kept, self.answer(), _today(), link=False, signed=None)


def _today() -> date:
    """Return the real day, on which a link or a file is made: the board has its own."""
    return text.in_paris(utc_now())


def _letter(value: str, before: Letter) -> Letter:
    return next((one for one in get_args(Letter) if one == value), before)
