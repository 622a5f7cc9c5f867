"""What a person sends to her service for a campaign: each paper of its list, now or later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.services.contract.campagnes import SERVICES_ENVOYER, EnvoiLu
from iprof_kit.services.contract.own_file import MOST_PIECES, PIECE_RETIRER, ErreurChamp, Piece
from iprof_kit.ui.kit.carnet import Carnet, new_key
from iprof_kit.ui.kit.fields.papers import PIECES, deposit, names_health
from iprof_kit.ui.kit.parts import Option
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.campaigns.reading import Campaigns
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.menu import MAIL, READ_HERE
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.part import Part

CHOOSE, JOIN, WITHDRAW, SEND = "envoi_choix", "envoi_piece", "envoi_retirer", "envoi_pieces"
PLACE = "campagne"
"""What a paper is received for (`piece_deposer`)."""
LATER = "tard"
_STEP, _WORDS = "etape.", "texte"


@dataclass(frozen=True)
class PaperChoice:
    """One paper of the list: a received file, later, or not for her; when it was sent before."""

    key: str
    title: str
    field: str
    options: tuple[Option, ...]
    sent: str = ""


@dataclass(frozen=True)
class StepChoice:
    """A step that she has noted, and whether she lets the service know."""

    field: str
    title: str
    checked: bool


@dataclass(frozen=True)
class SendingView:
    """The form; `to` is who reads, `letter` whether nobody does."""

    to: str = ""
    letter: bool = False
    state: str = ""
    path: str = ""
    choices: tuple[PaperChoice, ...] = ()
    waiting: tuple[Piece, ...] = ()
    of_health: tuple[Piece, ...] = ()
    """Those that are called as health papers are."""
    banner: str = ""
    full: bool = False
    hint: str = PIECES
    doctor: str = ""
    steps: tuple[StepChoice, ...] = ()
    words: str = ""
    words_field: str = ""
    errors: tuple[ErreurChamp, ...] = ()


@dataclass
class Sending(Part):
    """What is being sent for a campaign; choices are kept in her carnet, as she makes them."""

    keeps = ("errors", "key")
    visit: Visit
    typed: Carnet
    errors: list[ErreurChamp] = field(default_factory=list)
    key: str = ""

    def view(self, campaign: CampagneVue, read: Campaigns) -> SendingView | None:
        """Return the form of a campaign; None where it asks for no paper."""
        who = read.correspondent
        if not campaign.pieces or who is None:
            return None
        sent, kept = read.sent_for(campaign.id), self.typed.typed()
        begin = prefix(campaign)
        return SendingView(
            to=text.sentence(who.service),
            letter=who.mode == "lettre",
            banner=READ_HERE if who.mode == "kit" else "",
            state=_state(sent),
            path=f"{MAIL}?fil={sent.fil}" if sent else "",
            choices=tuple(_choices(campaign, read, kept)),
            waiting=read.waiting,
            of_health=tuple(one for one in read.waiting if names_health(one.nom)),
            full=len(read.waiting) >= MOST_PIECES,
            doctor=(who.medecin or ""),
            steps=tuple(_steps(campaign, read, kept)),
            words=kept.get(f"{begin}{_WORDS}", ""),
            words_field=f"{begin}{_WORDS}",
            errors=tuple(self.errors),
        )

    def take(self, intent: Intent, campaign: CampagneVue, read: Campaigns) -> None:
        """Keep what is chosen; a box that is not ticked any more is not in what the form sends."""
        fields = [f"{prefix(campaign)}{one.piece}" for one in campaign.pieces]
        fields += [one.field for one in _steps(campaign, read, {})]
        fields.append(f"{prefix(campaign)}{_WORDS}")
        values = {name: intent.values.get(name, "") for name in fields}
        self.typed.take_fields(replace(intent, values=values))

    def join(self, intent: Intent, campaign: CampagneVue, read: Campaigns) -> None:
        """Give a file to the server; what it refuses is said, and not kept."""
        sent = read.sent_for(campaign.id)
        salt = f"{campaign.id}.{sent.fil}.{sent.revision}" if sent else campaign.id
        fault = deposit(self.visit, intent, PLACE, salt)
        self.errors = [fault] if fault else []

    def withdraw(self, intent: Intent) -> None:
        """Forget a file that is not sent yet."""
        self.errors = []
        self.visit.ask(PIECE_RETIRER, id=intent.values.get("of", "") or "-", pour=PLACE)

    def send(self, campaign: CampagneVue, read: Campaigns) -> str:
        """Send what is chosen; return the receipt, nothing where something is wrong with it."""
        kept, begin = self.typed.typed(), prefix(campaign)
        chosen = {one.piece: kept.get(f"{begin}{one.piece}", "") for one in campaign.pieces}
        here = {one.id for one in read.waiting}
        self.key = self.key or new_key()  # the same one while no answer came
        answer = self.visit.ask(
            SERVICES_ENVOYER,
            campagne=campaign.id,
            pieces={code: paper for code, paper in chosen.items() if paper in here},
            annoncees=[code for code, paper in chosen.items() if paper == LATER],
            etapes=[one.etape for one in campaign.etapes if kept.get(f"{begin}{_STEP}{one.etape}")],
            texte=kept.get(f"{begin}{_WORDS}", ""),
            cle=self.key,
        )
        self.key, self.errors = "", list(answer.erreurs)
        if answer.envoi is None:
            return ""
        self.typed.forget(*(name for name in kept if name.startswith(begin)))
        when = f", {text.moment(answer.le)}" if answer.le else ""
        words = f"Pièces envoyées à votre service, fil n° {answer.envoi.numero}."
        return f"{words} Reçu n° {answer.recu}{when}."


def prefix(campaign: CampagneVue) -> str:
    """Return how the names of the fields of a campaign begin, in the carnet.

    Its year first, as every field of this page.
    """
    return f"{campaign.annee}.envoi.{campaign.service}."


def _choices(
    campaign: CampagneVue, read: Campaigns, kept: Mapping[str, str]
) -> Iterator[PaperChoice]:
    sent = read.sent_for(campaign.id)
    came = sent.pieces if sent else {}
    later = sent.annoncees if sent else []
    for one in campaign.pieces:
        name = f"{prefix(campaign)}{one.piece}"
        chosen = kept.get(name, LATER if one.piece in later else "")
        options = [Option("", "Sans objet, ou déjà envoyée", not chosen)]
        options += [
            Option(paper.id, f"Maintenant : {paper.nom}", paper.id == chosen)
            for paper in read.waiting
        ]
        options.append(Option(LATER, "Plus tard", chosen == LATER))
        when = text.moment(came[one.piece]) if one.piece in came else ""
        title, received = text.sentence(one.titre).rstrip("."), f"reçue le {when}" if when else ""
        yield PaperChoice(one.piece, title, name, tuple(options), received)


def _steps(campaign: CampagneVue, read: Campaigns, kept: Mapping[str, str]) -> Iterator[StepChoice]:
    noted = {one.etape for one in read.notes_of(campaign.id) if one.nature == "fait"}
    known: Sequence[str] = sent.etapes if (sent := read.sent_for(campaign.id)) else ()
    for one in campaign.etapes:
        if one.etape in noted and one.etape not in known:
            name = f"{prefix(campaign)}{_STEP}{one.etape}"
            yield StepChoice(name, one.titre, bool(kept.get(name)))


def _state(sent: EnvoiLu | None) -> str:
    if sent is None:
        return "rien n’est encore envoyé"
    turn = " Votre service attend une pièce." if sent.attend == "vous" else ""
    when = text.day(text.in_paris(sent.depuis))
    return f"{sent.libelle.lower()} le {when}, fil n° {sent.numero}.{turn}"
