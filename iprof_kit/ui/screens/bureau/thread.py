"""The thread in the middle of the desk: its stair, its messages, what may be done, the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.services.contract.bureau.fils import Apercu, FilGere, Modele
from iprof_kit.services.contract.courrier import Evenement
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.fields.papers import PieceRow, piece_row
from iprof_kit.ui.kit.parts import Option, Step
from iprof_kit.ui.screens.bureau import filling
from iprof_kit.ui.screens.bureau.answering import (
    ADMIT,
    ANSWER,
    ASK,
    CLOSE,
    CORRECT,
    HOLD,
    REJECT,
    REOPEN,
    SEND_BACK,
    Answer,
)
from iprof_kit.ui.screens.bureau.delays import median_words
from iprof_kit.ui.screens.bureau.words import at, counted, desk_field, hour, listed, short
from iprof_kit.ui.screens.cv.fields import CvField
from iprof_kit.ui.shared import text

WRITTEN = {
    ANSWER: ("Répondre", "Envoyer la réponse", "Signé du nom du service, jamais du vôtre."),
    ASK: ("Demander une pièce", "Demander la pièce", "Le délai s’arrête jusqu’à la pièce."),
    HOLD: ("Annoncer une date", "Envoyer l’attente", "Le fil reste dans la file, avec sa date."),
    CORRECT: ("Noter corrigé", "Noter corrigé",
              "Les deux valeurs restent visibles jusqu’à la prochaine copie."),
    ADMIT: ("Noter recevable", "Noter recevable",
            "Noté ici seulement : la décision est celle de l’administration, par sa voie."),
    REJECT: ("Noter irrecevable", "Noter irrecevable",
             "La personne lit ce motif ; la décision lui est notifiée par l’administration."),
    REOPEN: ("Rouvrir", "Rouvrir le fil", "Le motif est lu par la personne."),
    SEND_BACK: ("Renvoyer", "Renvoyer la correction", "Le motif est lu du service seul."),
}  # fmt: skip
"""The acts that are written: what each is called, its button, what follows."""
_CLOSES = frozenset({ANSWER, CORRECT})
_LABELS = {
    REOPEN: "Motif de la réouverture",
    SEND_BACK: "Motif du renvoi",
    REJECT: "Motif, avec sa règle et sa date",
}
_PROPOSED = (
    "Proposer la correction",
    "Une autre personne du service la confirme ; avant, la personne n’en lit rien.",
)
"""The button of a correction that wants a second reading, and what follows."""


@dataclass(frozen=True)
class Message:
    """One thing that happened, in words."""

    by: str
    when: str
    what: str
    words: str
    seen: str
    pieces: tuple[PieceRow, ...]


@dataclass(frozen=True)
class Template:
    """A template: its number is its key."""

    name: str
    key: str
    pressed: bool


@dataclass(frozen=True)
class Form:
    """The answer: its act, its text, the fields that the act needs."""

    key: str
    acts: tuple[Option, ...]
    act: str
    label: str
    text: str
    fields: tuple[CvField, ...]
    error: str
    remedy: str
    turn: str
    button: str
    after: str
    may_close: bool
    close: bool
    templates: tuple[Template, ...]
    others: tuple[Option, ...]
    left: str
    kept: str
    faults: tuple[ErreurChamp, ...]


@dataclass(frozen=True)
class Proposal:
    """A correction that waits for a second person: its values, its words, who may confirm."""

    title: str
    rows: tuple[Apercu, ...]
    words: str
    own: bool


@dataclass(frozen=True)
class Passing:
    """A thread being passed to another service: what is typed, what is wrong, to whom it may go."""

    to: str = ""
    words: str = ""
    faults: tuple[ErreurChamp, ...] = ()
    services: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Thread:
    """One thread open on the desk."""

    id: str
    subject: str
    number: str
    meta: str
    steps: tuple[Step, ...]
    earlier: tuple[Message, ...]
    earlier_words: str
    older: str
    last: tuple[Message, ...]
    meanwhile: tuple[Message, ...]
    form: Form | None
    may: frozenset[str]
    notes: tuple[Message, ...]
    notes_words: str
    proposal: Proposal | None = None
    leaves: str = ""
    """That an answer is about to leave, and when."""
    passing: Passing | None = None


@dataclass(frozen=True)
class Datum:
    """The datum that a thread is about, and its values."""

    title: str
    rows: tuple[Apercu, ...]
    may_correct: bool


@dataclass(frozen=True)
class Person:
    """The person beside her thread: a few lines, and what this role never sees."""

    name: str
    rows: tuple[Apercu, ...]
    datum: Datum | None
    file: str
    hidden: str


def thread(
    gere: FilGere,
    answer: Answer,
    templates: Sequence[Modele],
    today: date,
    wait: str,
    passing: Passing,
) -> Thread:
    """Return an open thread; `wait` says how long the person has been waiting, if she is."""
    lu = gere.lu
    messages = [_message(one, gere, today) for one in lu.evenements]
    last = _last(lu.evenements)
    opened = filling.opened(gere)
    parts = [gere.personne, f"ouvert le {opened}" if opened else "", wait]
    return Thread(
        id=lu.fil.id,
        subject=lu.fil.objet,
        number=lu.fil.numero,
        meta=", ".join(part for part in parts if part),
        steps=stair(gere),
        earlier=tuple(messages[:last]),
        earlier_words=_earlier(lu.evenements[:last], lu.plus_anciens),
        older=counted(lu.plus_anciens, "étape plus ancienne", "étapes plus anciennes")
        if lu.plus_anciens
        else "",
        last=tuple(messages[last:]),
        meanwhile=tuple(_message(one, gere, today) for one in answer.meanwhile),
        form=form(gere, answer, templates),
        may=frozenset(lu.actes),
        notes=tuple(
            Message(one.service, at(one.le, today), "", one.texte, "", ()) for one in gere.notes
        ),
        notes_words=_notes(gere),
        proposal=_proposal(gere, today),
        leaves=f"Une réponse confirmée part à {hour(gere.part_a)}." if gere.part_a else "",
        passing=_passing(gere, passing),
    )


def form(gere: FilGere, answer: Answer, templates: Sequence[Modele]) -> Form | None:
    """Return the form of what may be written, None where nothing may."""
    possible = [act for act in WRITTEN if act in gere.lu.actes]
    if not possible:
        return None
    act = answer.act if answer.act in possible else possible[0]
    usable = [one for one in templates if one.acte in possible]
    pressed = answer.template
    left = filling.to_complete(answer.text)
    _, button, after = WRITTEN[act]
    proposes = act == CORRECT and gere.seconde_lecture
    if proposes:
        button, after = _PROPOSED
    wrong = next((one for one in answer.faults if one.champ == "texte"), None)
    return Form(
        key=f"reponse-{gere.lu.fil.numero}-{answer.turn}",
        acts=tuple(Option(one, WRITTEN[one][0], one == act) for one in possible),
        act=act,
        label=_LABELS.get(act, "Votre réponse"),
        text=answer.text,
        fields=_fields(act, answer),
        error=wrong.message if wrong else "",
        remedy=wrong.remede if wrong else "",
        turn=str(answer.turn),
        button=button,
        after=after,
        may_close=act in _CLOSES and CLOSE in gere.lu.actes and not proposes,
        close=answer.close,
        templates=tuple(
            Template(one.nom, str(place), one.nom == pressed)
            for place, one in enumerate(usable[: filling.AT_HAND], start=1)
        ),
        others=tuple(Option(one.nom, one.nom) for one in usable[filling.AT_HAND :]),
        left=f"À compléter : {', '.join(left)}" if left else "",
        kept=f"Brouillon gardé à {hour(answer.kept)}." if answer.kept else "",
        faults=tuple(answer.faults),
    )


def person(gere: FilGere) -> Person:
    """Return what stands beside a thread."""
    lu = gere.lu
    datum = None
    if lu.donnee:
        rows = [
            Apercu(libelle="Dans la copie lue ici", valeur=lu.affiche or "aucune"),
            Apercu(libelle="Dite par la personne", valeur=lu.indique or "non précisée"),
        ]
        if lu.corrige is not None:
            rows.append(Apercu(libelle="Notée corrigée", valeur=lu.corrige))
        datum = Datum("La donnée signalée", tuple(rows), CORRECT in lu.actes)
    return Person(
        name=gere.personne,
        rows=tuple(gere.apercu),
        datum=datum,
        file=gere.dossier if gere.suivie else "",
        hidden=listed(gere.caches),
    )


def _passing(gere: FilGere, typed: Passing) -> Passing | None:
    """Return to whom a thread may be passed, None where to nobody."""
    if not gere.services:
        return None
    chosen = [Option("", "Choisir", not typed.to)]
    for one in gere.services:
        median = f", {median_words(one.delais)}" if one.delais.reponses else ""
        chosen.append(Option(one.nom, f"{one.nom}{median}", one.nom == typed.to))
    return replace(typed, services=tuple(chosen))


def _proposal(gere: FilGere, today: date) -> Proposal | None:
    """Return both values of a correction that waits, with the words that would be read."""
    waiting = gere.proposition
    if waiting is None:
        return None
    rows = (
        Apercu(libelle="Valeur d’avant", valeur=waiting.avant or "aucune"),
        Apercu(libelle="Dite par la personne", valeur=gere.lu.indique or "non précisée"),
        Apercu(libelle="Valeur proposée", valeur=waiting.valeur),
    )
    title = f"Correction proposée {at(waiting.le, today)}"
    return Proposal(title, rows, waiting.texte, waiting.par_vous)


def _last(events: Sequence[Evenement]) -> int:
    """Return the place of the last message with words or papers; what followed stays with it."""
    written = [place for place, one in enumerate(events) if one.texte or one.pieces]
    return written[-1] if written else max(len(events) - 1, 0)


def _earlier(events: Sequence[Evenement], older: int) -> str:
    count = len(events) + older
    if not count:
        return ""
    words = counted(count, "étape avant", "étapes avant")
    if events:
        words += f", {_between(events)}"
    return words


def _between(events: Sequence[Evenement]) -> str:
    first, last = short(events[0].le), short(events[-1].le)
    return f"le {first}" if first == last else f"du {first} au {last}"


def _notes(gere: FilGere) -> str:
    if not gere.notes:
        return "Aucune note interne"
    count = counted(len(gere.notes), "note interne", "notes internes")
    return f"{count}, la dernière du {text.day(text.in_paris(gere.notes[-1].le))}"


def _message(event: Evenement, gere: FilGere, today: date) -> Message:
    by = gere.personne if event.de == "vous" else event.service or "Ce kit"
    if event.de == "service":
        by = event.service or gere.lu.service
    what = event.libelle
    if event.avant is not None:
        what += f", avant le {text.day(event.avant)}"
    seen = f"vu le {at(event.vu_le, today)}" if event.vu_le and event.de == "service" else ""
    if event.interne:
        what += ", lu du service seul"
    return Message(
        by=by,
        when=at(event.le, today),
        what=what,
        words=event.texte,
        seen=seen.replace("vu le aujourd’hui", "vu aujourd’hui"),
        pieces=tuple(map(piece_row, event.pieces)),
    )


def _fields(act: str, answer: Answer) -> tuple[CvField, ...]:
    """Return the fields that an act needs besides its text."""
    if act == CORRECT:
        return (
            desk_field(
                "valeur", "Valeur corrigée dans AGAPE ou EPP", "text", answer.value, answer.faults
            ),
            desk_field("corrige_le", "Corrigée le", "day", answer.corrected, answer.faults),
        )
    if act == HOLD:
        return (desk_field("avant", "Réponse avant le", "day", answer.before, answer.faults),)
    if act == ASK:
        return (
            desk_field(
                "avant", "Pièce avant le", "day", answer.before, answer.faults, optional=True
            ),
        )
    return ()


_MOST = 4
"""Steps that are shown of what happened: the first one, and the last ones."""
_BY_WORDS = frozenset({"completer", "relancer"})


def stair(thread: FilGere) -> tuple[Step, ...]:
    """Return the steps of a thread, at most five; words alone move nobody up."""
    happened = _steps(thread.lu.evenements)
    if len(happened) > _MOST:
        happened = [happened[0], *happened[1 - _MOST :]]
    steps = [Step(one.libelle, short(one.le), "done") for one in happened[:-1]]
    steps += [Step(one.libelle, short(one.le), "cur") for one in happened[-1:]]
    if coming := _coming(thread):
        steps.append(Step(coming, "à faire", "next"))
    return tuple(steps)


def _steps(events: list[Evenement]) -> list[Evenement]:
    """Return the events that are steps; of the same ones in a row, the last."""
    steps: list[Evenement] = []
    for event in events:
        if event.acte in _BY_WORDS and steps:
            continue
        if steps and steps[-1].acte == event.acte:
            steps[-1] = event
        else:
            steps.append(event)
    return steps


def _coming(thread: FilGere) -> str:
    line = thread.lu.fil
    if not line.en_cours:
        return ""
    if line.attend == "service":
        return "Répondu"
    return "Pièce reçue" if line.attend == "vous" else "Clos"
