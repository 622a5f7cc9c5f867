"""« Envois en nombre »: a message to many, kept as one types, proposed, confirmed, recalled."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from iprof_kit.base.words import counted
from iprof_kit.services.contract.bureau.envois import (
    ENVOI_AGIR,
    ENVOI_GARDER,
    ENVOI_LIRE,
    ENVOIS_LIRE,
    Envoi,
)
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.kit.screen import KitScreen, State, intent, page_of
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.bureau import envois_view as view
from iprof_kit.ui.screens.bureau.words import typed_count
from iprof_kit.ui.shared.messages import Intent

BEGIN, OPEN, LIST = "envoi_commencer", "envoi_ouvrir", "envoi_liste"
KEEP, DRAFT, ACT = "envoi_garder", "envoi_brouillon", "envoi_agir"
TURN, OTHER = "envoi_page", "envoi_apercu"
_TEXTS = ("objet", "texte", "ou_demander", "finalite")
_DONE = {
    "proposer": "Envoi proposé. Rien n’est parti : un autre compte le confirme.",
    "confirmer": "Envoi confirmé. Chaque personne le reçoit une fois.",
    "renvoyer": "Envoi renvoyé à son auteur.",
    "reprendre": "Envoi repris.",
    "abandonner": "Envoi abandonné.",
    "rappeler": "Message rappelé.",
}


@dataclass
class Writing(State):
    """The message that is open, what is typed of it and what is wrong."""

    one: Envoi | None = None
    typed: dict[str, str] = field(default_factory=dict)
    faults: list[ErreurChamp] = field(default_factory=list)
    page: int = 0
    rank: int = 0
    kept: str = ""


class Envois(KitScreen[Writing]):
    """The messages to many that somebody writes, confirms or recalls."""

    def page(self) -> Shown:
        """Return the list, or the message that is open."""
        today = self._visit.who().aujourdhui
        doing = self.state
        if doing.one is None:
            read = self._visit.ask(ENVOIS_LIRE)
            return "bureau_envois", view.envois(read, today)
        return "bureau_envoi", view.envoi(
            doing.one,
            doing.typed,
            doing.faults,
            today,
            page=doing.page,
            rank=doing.rank,
            kept=doing.kept,
        )

    def arrive(self) -> None:
        """Begin with the list."""
        self._left()

    @intent(LIST)
    def leave(self, _asked: Intent) -> None:
        """Come back to the list."""
        self._left()

    def _left(self) -> None:
        self.state.one, self.state.faults, self.state.typed = None, [], {}
        self.state.page = self.state.rank = 0
        self.state.kept = ""

    @intent(BEGIN)
    def write_one(self, _asked: Intent) -> None:
        """Begin a message."""
        answer = self._visit.ask(ENVOI_GARDER, cle=self.key(BEGIN))
        self.answered(BEGIN)
        self._take(answer.lu, f"{self._form()}-objet")

    @intent(OPEN)
    def open(self, asked: Intent) -> None:
        """Open a message."""
        self._left()
        self._read(asked.values.get("of", "") or "-")
        self.look_at("retour")

    def _read(self, name: str) -> None:
        self.state.one = self._visit.ask(
            ENVOI_LIRE, id=name, page=self.state.page, rang=self.state.rank
        )

    @intent(KEEP, DRAFT)
    def keep(self, asked: Intent) -> None:
        """Keep what is typed; nothing of the screen moves under the fingers."""
        one = self.state.one
        if one is None or asked.values.get("envoi") != one.id:
            return
        names = (*_TEXTS, "reponse")
        typed = {name: asked.values[name] for name in names if name in asked.values}
        self.state.typed = {"reponse": "non"} | self.state.typed | typed
        filters = {name: asked.values.get(name, "").strip()[:60] for name in view.FACETS}
        kept = {name: getattr(one, name) for name in _TEXTS} | self.state.typed
        answer = self._visit.ask(
            ENVOI_GARDER,
            id=one.id,
            revision=one.revision,
            cle=secrets.token_hex(12),
            reponse=kept.pop("reponse") == "oui",
            **kept,
            **filters,
        )
        self.state.faults = list(answer.erreurs)
        if answer.lu is not None:
            self.state.one, self.state.page, self.state.rank = answer.lu, 0, 0
            number = counted(answer.lu.nombre, "destinataire")
            self.state.kept = f"Brouillon gardé : {number}."

    @intent(ACT)
    def act(self, asked: Intent) -> None:
        """Propose, confirm, send back, take back, give up or recall."""
        one, act = self.state.one, asked.values.get("of", "")
        if one is None or act not in one.actes or asked.values.get("envoi", one.id) != one.id:
            return
        self.state.typed |= {
            name: asked.values[name] for name in ("compte", "motif") if name in asked.values
        }
        answer = self._visit.ask(
            ENVOI_AGIR,
            id=one.id,
            acte=act,
            revision=one.revision,
            cle=secrets.token_hex(12),
            compte=typed_count(asked),
            motif=asked.values.get("motif", ""),
        )
        self.state.faults = list(answer.erreurs)
        if self.state.faults:
            self.look_at("erreurs")
            return
        self.state.typed = {}
        self.state.notices = (Notice(_DONE.get(act, "Fait."), "", "ok"),)
        if answer.lu is None or act == "abandonner":
            self._left()
        else:
            self._take(answer.lu, "retour")

    def _take(self, one: Envoi | None, focus: str) -> None:
        self.state.one, self.state.page, self.state.rank, self.state.faults = one, 0, 0, []
        self.look_at(focus)

    @intent(TURN)
    def turn_to(self, asked: Intent) -> None:
        """Show another page of the people."""
        self.state.page = page_of(asked)
        if self.state.one:
            self._read(self.state.one.id)

    @intent(OTHER)
    def preview(self, asked: Intent) -> None:
        """Show the message of another person."""
        wanted = asked.values.get("of", "")
        self.state.rank = int(wanted) if wanted.isdecimal() and int(wanted) < 10_000 else 0
        if self.state.one:
            self._read(self.state.one.id)

    def _form(self) -> str:
        return f"envoi-{self.state.one.id if self.state.one else ''}-{self.state.turn + 1}"
