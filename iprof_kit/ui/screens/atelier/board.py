"""What a trainer does on the board: a person, a day, scenarios, a file that gives it all back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.atelier.files import check_text
from iprof_kit.calculate.atelier.model import LETTERS, Letter, Persona
from iprof_kit.calculate.atelier.seance import Seance, exported, imported, packed, reopened
from iprof_kit.calculate.et_si.answer import EtSiAnswer
from iprof_kit.calculate.et_si.question import EtSiQuestion, Evenement
from iprof_kit.calculate.et_si.words import project_speaks_of
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.fields import read_day
from iprof_kit.ui.kit.parts import Notice, failed
from iprof_kit.ui.screens.atelier.months import months_between
from iprof_kit.ui.screens.atelier.reopening import notices_of
from iprof_kit.ui.screens.atelier.signatures import Signatures
from iprof_kit.ui.screens.atelier.takeaway.contents import MOST_PEOPLE, of_seances
from iprof_kit.ui.screens.atelier.takeaway.files import FORMATS, file_of
from iprof_kit.ui.screens.et_si.editor import Editor
from iprof_kit.ui.screens.et_si.essais import Essais, compare
from iprof_kit.ui.screens.et_si.form import PROMOTIONS
from iprof_kit.ui.screens.et_si.ideas import Idea, ideas, next_september
from iprof_kit.ui.screens.et_si.view import EventForm
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent, texts

_A_YEAR = 12
_YAML = (".yml", ".yaml")


@dataclass(frozen=True)
class Link:
    """The letters of an address, and the board that they give: they stay as long as it does."""

    letters: str
    seance: Seance


class Board(Editor):
    """The board of one page: what it shows is a `Seance` and nothing else.

    Parameters
    ----------
    people : mapping of str to Persona
        The personas offered, by id; the first is shown first.
    signatures : Signatures, optional
        The server's; without it no link is signed, and none is recognised.
    """

    _keeps_the_first = False

    def __init__(self, people: Mapping[str, Persona], signatures: Signatures | None = None) -> None:
        super().__init__()
        self.people = people
        self._signatures = signatures
        self._link: Link | None = None
        self.made: str = ""
        """The letters that were just signed, to be given to others."""
        self.seance = Seance.of(next(iter(people.values())))
        self.notices: tuple[Notice, ...] = ()
        self.errors: dict[str, KitError] = {}
        self.download: Download | None = None
        self._typed = ""
        self._left: dict[str, Seance] = {}
        self.together = False
        """Whether those whom the board showed before are taken away with the one that it shows."""
        self.messages = 0
        """How many were answered: what a control shows again after a refusal is drawn anew."""

    def acts(self) -> dict[str, Callable[[dict[str, str]], None]]:
        """Return what each intent does."""
        return super().acts() | {
            "at_persona": self._choose_person,
            "at_comparer": self._compare,
            "at_deplacer": self._drag,
            "at_jour": self._change_day,
            "at_enregistrer": self._save,
            "at_lien": self._sign,
            "at_emporter": self._take_away,
            "at_ensemble": self._join,
        }

    def open(self, letters: str) -> None:
        """Show the séance of an address, and what has changed since; say so where it is not one."""
        self.notices = ()
        try:
            kept = reopened(letters)
            signed = self._recognised(letters) if kept.signature else None
            self._take(kept.seance)
            answer = self.answer()
        except KitError as error:
            self.notices = (failed(error),)
            return
        if kept.rules:  # an earlier version said less: the page takes the letters of this one
            self._link = Link(letters, self.seance)
        self.notices = notices_of(kept, answer, _today(), link=True, signed=signed)

    def choose(self, name: str) -> None:
        """Show a persona as her file says; a name that nobody bears changes nothing."""
        self.notices = ()
        self._choose_person({"of": name})

    def receive(self, intent: Intent) -> None:
        """Do what is asked; what is refused changes nothing and says why."""
        self._refusals, self.notices, self.errors, self.download = (), (), {}, None
        self._typed, self.made = "", ""
        self.messages += 1
        if intent.name == "at_ouvrir":
            self._open_file(intent)
            return
        act = self.acts().get(intent.name)
        if act is not None:
            act(texts(intent.values))

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

    @property
    def opened(self) -> frozenset[str]:
        """The reasons that stand open; see `et_si.reasons`."""
        return frozenset(self._opened)

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
        shown = LETTERS.index(self.seance.vu) if self._tab is None else self._tab
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

    @property
    def refusals(self) -> tuple[str, ...]:
        """What the law refused of the last act."""
        return self._refusals

    @property
    def renaming(self) -> int | None:
        """The scenario whose name is being written."""
        return self._renaming

    @property
    def undoable(self) -> bool:
        """Whether the last act was a removal."""
        return self._before is not None

    @property
    def turn(self) -> int:
        """Changes each time the focus must go somewhere, which `focus` names."""
        return self._turn

    @property
    def focus(self) -> str:
        """Where the focus goes."""
        return self._focus

    def form(self) -> EventForm | None:
        """Return the form of the event being written."""
        return self._form()

    def typed_day(self) -> str:
        """Return the day as its field shows it: what was typed, where it is refused."""
        return self._typed or text.typed_day(self.seance.jour)

    def _asked(self, seance: Seance) -> EtSiAnswer:
        answered: EtSiAnswer = compare(self._question(seance))
        return answered

    @staticmethod
    def _question(seance: Seance) -> EtSiQuestion:
        return seance.persona.question(seance.scenarios, seance.jour)

    def _essais(self) -> Essais:
        return self.essais()

    def _keep(self, essais: Essais) -> None:
        known = LETTERS[: len(essais.scenarios)]
        first, second = (one if one in known else known[-1] for one in self.seance.compares)
        self.seance = self.seance.model_copy(
            update={
                "scenarios": essais.scenarios,
                "vu": LETTERS[essais.vu],
                "compares": (first, second),
            }
        )

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
        self._left[self.seance.persona.id] = self.seance
        self._close({})
        self._before, self._tab, self.seance = None, None, seance

    def _choose_person(self, values: dict[str, str]) -> None:
        persona = self.people.get(values.get("of", ""))
        if persona is not None:
            self._take(Seance.of(persona))
            self._look_at("personne-t")

    def _choose_tab(self, values: dict[str, str]) -> None:
        super()._choose_tab(values)
        if self._tab is not None:
            self.seance = self.seance.model_copy(update={"vu": LETTERS[self._tab]})

    def _compare(self, values: dict[str, str]) -> None:
        """Take the two scenarios compared and the horizon, each as the page has it."""
        first, second = (
            _letter(values.get(name, ""), before)
            for name, before in zip(("premier", "second"), self.seance.compares, strict=True)
        )
        known = LETTERS[: len(self.seance.scenarios)]
        year = values.get("horizon", "")
        later = year.isdigit() and self.seance.jour.year < int(year) <= self.answer_end()
        self.seance = self.seance.model_copy(
            update={
                "compares": tuple(one if one in known else known[0] for one in (first, second)),
                "horizon": int(year) if later else self.seance.horizon,
            }
        )

    def answer_end(self) -> int:
        """Return the year of the last departure of the scenarios."""
        return max(one.depart.year for one in self.answer().scenarios)

    def _drag(self, values: dict[str, str]) -> None:
        """Move an event to where its flag was left: months since the day of the board."""
        located, months = self._event(values), values.get("mois", "")
        if located is None or not months.isdigit() or located[2].debut is None:
            return
        event = located[2]
        by = int(months[:4]) - months_between(self.seance.jour, event.debut or date.min)
        if event.nature in PROMOTIONS:  # 1 September of a year, whatever the month of the finger
            by = _A_YEAR * round(by / _A_YEAR)
        if by:
            self._move(values, by)
        self._tab = None

    def _change_day(self, values: dict[str, str]) -> None:
        try:
            day = read_day(values.get("jour", ""))
            self._take(self.seance.model_copy(update={"jour": day}))
        except KitError as error:
            self.errors["jour"], self._typed = error, values.get("jour", "")

    def _letters(self, answer: EtSiAnswer) -> str:
        """Return the letters that brought this board while it is the same, else new ones."""
        if self._link is not None and self._link.seance == self.seance:
            return self._link.letters
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
                f"Ce lien a été modifié, ou un autre serveur l’a signé{text.NBSP}: sa signature ne "
                "va pas avec lui. Rien n’a changé sur cette page.",
                remedy="Redemandez-le à qui l’a fait, ou rouvrez le fichier de la séance.",
            )
        return signed

    def _sign(self, _values: dict[str, str]) -> None:
        if self._signatures is None or not self._signatures.signs:
            return
        letters = packed(self.seance, self.answer(), _today())
        try:
            if not letters:
                raise InputError(
                    "Cette séance est trop longue pour un lien.",
                    remedy="Enregistrez-la\u00a0: son fichier la redonne.",
                )
            self.made = self._signatures.signed(letters)
        except KitError as error:
            self.notices = (failed(error),)
        else:
            self._link = Link(self.made, self.seance)
            self._look_at("lien")

    def _save(self, _values: dict[str, str]) -> None:
        who, day = self.seance.persona.id, self.seance.jour
        name = f"seance-{who}-{day.isoformat()}.json"
        content = exported(self.seance, self.answer(), _today())
        self.download = Download(name, "application/json", content)
        moment = text.moment(utc_now())
        self.notices = (Notice(f"Séance enregistrée le {moment}.", f"Fichier : {name}.", "ok"),)

    @property
    def others(self) -> tuple[Seance, ...]:
        """Those whom the board showed before, as they were left; some at most."""
        own = self.seance.persona.id
        left = [one for who, one in self._left.items() if who != own]
        return tuple(left[1 - MOST_PEOPLE :])

    def _join(self, values: dict[str, str]) -> None:
        self.together = values.get("ensemble", "") != ""

    def _take_away(self, values: dict[str, str]) -> None:
        """Make a file of the séance: typeset in this process, sent to the browser, kept nowhere."""
        vers = values.get("of", "")
        if vers not in FORMATS:
            return
        others = self.others if self.together else ()
        try:
            self.download = file_of(of_seances((self.seance, *others)), vers)
        except KitError as error:
            self.notices = (failed(error),)
            return
        moment = text.moment(utc_now())
        self.notices = (Notice(f"Fichier fait le {moment}.", f"{self.download.name}.", "ok"),)

    def _open_file(self, intent: Intent) -> None:
        try:
            if intent.file.lower().endswith(_YAML):
                self._open_persona(intent)
            else:
                self._open_seance(intent)
        except KitError as error:
            self.notices = (failed(error),)

    def _open_persona(self, intent: Intent) -> None:
        try:
            words = (intent.content or b"").decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(
                "Ce fichier n’est pas du texte. Rien n’a changé sur cette page.",
                remedy="Enregistrez-le en UTF-8.",
            ) from error
        if intent.content is None:
            raise InputError(
                "Ce fichier est trop grand. Rien n’a changé sur cette page.",
                remedy="Vérifiez que c’est le bon fichier.",
            )
        self._take(Seance.of(check_text(words, intent.file)))
        self.notices = (Notice("Persona ouverte.", "Chaque phrase est vérifiée.", "ok"),)

    def _open_seance(self, intent: Intent) -> None:
        kept = imported(intent.content)
        self._take(kept.seance)
        self.notices = notices_of(kept, self.answer(), _today(), link=False, signed=None)


def _today() -> date:
    """Return the real day, on which a link or a file is made: the board has its own."""
    return text.in_paris(utc_now())


def _letter(value: str, before: Letter) -> Letter:
    return next((one for one in get_args(Letter) if one == value), before)
