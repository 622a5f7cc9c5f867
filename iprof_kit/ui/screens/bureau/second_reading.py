"""« À relire »: what a colleague would send to more than twenty people, read before it leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from iprof_kit.services.contract.bureau.relectures import (
    RELECTURE_AGIR,
    RELECTURE_LIRE,
    RELECTURES_LIRE,
    Relecture,
    RelectureEnBref,
    RelecturesLues,
)
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.parts import Field, Notice
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.bureau.words import DeskPage, counted, desk_field, typed_count
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

RELEASE, BACK, TAKE = "remettre", "renvoyer", "reprendre"
_WAITS = "tenu"
OPEN, LIST, LOOK, ACT = ("relecture_ouvrir", "relecture_liste", "relecture_autre", "relecture_agir")
_ASKED = (
    ("compte", "Combien de personnes la reçoivent ?", "Écrivez le nombre lu ci-dessus."),
    ("motif", "Pourquoi le renvoyez-vous ?", "Qui l’a écrit lit ce motif."),
)
_DONE = {BACK: "Renvoyé à qui l’a écrit.", TAKE: "Repris : rien n’est parti."}


@dataclass(frozen=True, kw_only=True)
class RelecturesView(DeskPage):
    """The list, or the order that is open: one text at a time."""

    today: date
    lines: tuple[RelectureEnBref, ...] = ()
    one: Relecture | None = None
    rank: int = 0
    number: Field | None = None
    reason: Field | None = None


def listed(read: RelecturesLues, today: date) -> RelecturesView:
    """Return the list: what waits for her reading first."""
    rows = sorted(read.relectures, key=lambda one: one.par_vous)
    return RelecturesView(
        title="À relire",
        lead_strong=f"{to_read(rows) or 'Aucun envoi n’attend votre relecture'}.",
        lead=" ".join(_leaving(one, today) for one in rows if one.part_le),
        today=today,
        lines=tuple(rows),
    )


def in_brief(relectures: Sequence[RelectureEnBref], today: date) -> str:
    """Return, for the head of the desk, what waits for her reading and what leaves soon."""
    leaves = " ".join(_leaving(one, today) for one in relectures if one.part_le)
    return ". ".join(part for part in (to_read(relectures), leaves) if part)


def leaving(count: int, at_what: datetime | None, today: date, *, own: bool = True) -> str:
    """Return « 2 réponses partent aujourd’hui à 14 h 12 : à reprendre jusque-là. ».

    Who handed over what a colleague wrote stops it: it is not hers to take back.
    """
    when = f" {text.said_at(at_what, today)}" if at_what else ""
    words = counted(count, "réponse part", "réponses partent")
    return f"{words}{when} : à {'reprendre' if own else 'arrêter'} jusque-là."


def _leaving(one: RelectureEnBref, today: date) -> str:
    return leaving(one.nombre, one.part_le, today, own=one.par_vous)


def to_read(relectures: Sequence[RelectureEnBref]) -> str:
    """Return « 2 envois attendent votre relecture »; nothing where none does."""
    count = sum(not one.par_vous and one.etat == _WAITS for one in relectures)
    words = counted(count, "envoi attend", "envois attendent")
    return f"{words} votre relecture" if count else ""


def opened(
    one: Relecture, rank: int, typed: Mapping[str, str], faults: Sequence[ErreurChamp], today: date
) -> RelecturesView:
    """Return one order, a text at a time, and what may be done of it."""
    number, reason = (
        desk_field(name, label, "text", typed.get(name, ""), faults, hint)
        for name, label, hint in _ASKED
    )
    by = "Vous l’avez confirmé" if one.par_vous else f"Confirmé par {one.auteur}"
    leaves = f"Part {text.said_at(one.part_le, today)}" if one.part_le else "Rien n’est parti"
    return RelecturesView(
        title=one.quoi,
        lead_strong=f"{counted(one.nombre, 'personne')}.",
        lead=f"{by} {text.said_at(one.depuis, today)}. {leaves}.",
        today=today,
        one=one,
        rank=rank,
        faults=tuple(faults),
        number=number if RELEASE in one.actes else None,
        reason=reason if BACK in one.actes else None,
    )


@dataclass
class Reading(State):
    """The order that is open, and what is typed of it."""

    one: Relecture | None = None
    rank: int = 0
    typed: dict[str, str] = field(default_factory=dict)
    faults: list[ErreurChamp] = field(default_factory=list)


class Relectures(KitScreen[Reading]):
    """What waits for a second person, and what she wrote herself."""

    def page(self) -> Shown:
        """Return the list, or the order that is open."""
        today, state = self._visit.who().aujourdhui, self.state
        if state.one is None:
            return "bureau_relectures", listed(self._visit.ask(RELECTURES_LIRE), today)
        seen = opened(state.one, state.rank, state.typed, state.faults, today)
        return "bureau_relectures", seen

    def arrive(self) -> None:
        """Begin with the list."""
        self._left()

    @intent(LIST)
    def leave(self, _asked: Intent) -> None:
        """Come back to the list."""
        self._left()

    def _left(self) -> None:
        self.state.one, self.state.rank, self.state.typed, self.state.faults = None, 0, {}, []

    @intent(OPEN)
    def open(self, asked: Intent) -> None:
        """Open an order."""
        self._left()
        self.state.one = self._visit.ask(RELECTURE_LIRE, id=asked.values.get("of", "") or "-")
        self.look_at("retour")

    @intent(LOOK)
    def look(self, asked: Intent) -> None:
        """Show the answer of another person."""
        wanted = asked.values.get("of", "")
        if self.state.one is not None and wanted.isdecimal() and len(wanted) < 4:
            self.state.rank = min(int(wanted), max(len(self.state.one.reponses) - 1, 0))
            self.look_at("apercu-t")

    @intent(ACT)
    def act(self, asked: Intent) -> None:
        """Let it leave, send it back or take it back."""
        one, act = self.state.one, asked.values.get("of", "")
        if one is None or act not in one.actes:
            return
        self.state.typed |= {
            name: asked.values[name] for name in ("compte", "motif") if name in asked.values
        }
        done = self._visit.ask(
            RELECTURE_AGIR,
            id=one.id,
            acte=act,
            empreinte=one.empreinte,
            cle=self.key(ACT),
            compte=typed_count(asked),
            motif=self.state.typed.get("motif", "") if act == BACK else "",
        )
        self.answered(ACT)
        self.state.faults = list(done.erreurs)
        if self.state.faults:
            self.look_at("erreurs")
            return
        sent = leaving(done.faites, done.part_le, self._visit.who().aujourdhui)
        self._left()
        self.state.notices = (Notice(_DONE.get(act, sent), "", "ok"),)
        self.look_at("liste")
