"""The thread in the middle of the desk: its stair, what may be written to it, the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iprof_kit.services.contract.bureau.fils import FilGere, Modele
from iprof_kit.services.contract.courrier import Evenement
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.filters import FILTERS
from iprof_kit.ui.kit.parts import Field, Option, Step
from iprof_kit.ui.screens.bureau import filling
from iprof_kit.ui.screens.bureau.answering import (
    ADMIT,
    ANSWER,
    ASK,
    CLOSE,
    CLOSING,
    CORRECT,
    HOLD,
    REJECT,
    REOPEN,
    SEND_BACK,
    Answer,
)
from iprof_kit.ui.screens.bureau.delays import median_words
from iprof_kit.ui.screens.bureau.words import desk_field

WRITTEN = {
    ANSWER: ("Répondre", "Envoyer la réponse", "Signé du nom du service, jamais du vôtre."),
    ASK: ("Demander une pièce", "Demander la pièce", "Le délai s’arrête jusqu’à la pièce."),
    HOLD: ("Annoncer une date", "Envoyer l’attente", "Le fil reste dans la file, avec sa date."),
    CORRECT: (
        "Noter corrigé",
        "Noter corrigé",
        "Les deux valeurs restent visibles jusqu’à la prochaine copie.",
    ),
    ADMIT: (
        "Noter recevable",
        "Noter recevable",
        "Noté ici seulement : la décision est celle de l’administration, par sa voie.",
    ),
    REJECT: (
        "Noter irrecevable",
        "Noter irrecevable",
        "La personne lit ce motif ; la décision lui est notifiée par l’administration.",
    ),
    REOPEN: ("Rouvrir", "Rouvrir le fil", "Le motif est lu par la personne."),
    SEND_BACK: ("Renvoyer", "Renvoyer la correction", "Le motif est lu du service seul."),
}
"""The acts that are written: what each is called, its button, what follows."""
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
class Form:
    """The answer: its acts, its words, the fields that the act needs, the templates."""

    key: str
    acts: tuple[Option, ...]
    act: str
    words: Field
    fields: tuple[Field, ...]
    button: str
    after: str
    may_close: bool
    at_hand: tuple[Modele, ...]
    """Templates that have a key."""
    others: tuple[Modele, ...]
    left: tuple[str, ...]
    """Fields of a template that are not filled."""


@dataclass(frozen=True)
class Passing:
    """A thread being passed to another service: what is typed, and what is wrong in it."""

    to: str = ""
    words: str = ""
    faults: tuple[ErreurChamp, ...] = ()


@dataclass(frozen=True)
class Thread:
    """One thread open on the desk, what is being written to it, and to whom it may be passed."""

    gere: FilGere
    answer: Answer
    form: Form | None
    passing: Passing
    services: tuple[Option, ...]
    steps: tuple[Step, ...]
    opened: str
    wait: str
    """Since when the person has been waiting, if she is."""
    last: int
    """The first event in sight; those before it are folded."""


def thread(
    gere: FilGere, answer: Answer, templates: Sequence[Modele], wait: str, passing: Passing
) -> Thread:
    """Return an open thread."""
    return Thread(
        gere,
        answer,
        form(gere, answer, templates),
        passing,
        _services(gere, passing.to),
        stair(gere),
        filling.opened(gere),
        wait,
        _last(gere.lu.evenements),
    )


def form(gere: FilGere, answer: Answer, templates: Sequence[Modele]) -> Form | None:
    """Return the form of what may be written, None where nothing may."""
    possible = [act for act in WRITTEN if act in gere.lu.actes]
    if not possible:
        return None
    act = answer.act if answer.act in possible else possible[0]
    usable = tuple(one for one in templates if one.acte in possible)
    proposes = act == CORRECT and gere.seconde_lecture
    button, after = _PROPOSED if proposes else WRITTEN[act][1:]
    label = _LABELS.get(act, "Votre réponse")
    return Form(
        key=f"reponse-{gere.lu.fil.numero}-{answer.turn}",
        acts=tuple(Option(one, WRITTEN[one][0], one == act) for one in possible),
        act=act,
        words=desk_field("texte", label, "long", answer.text, answer.faults),
        fields=_fields(act, answer),
        button=button,
        after=after,
        may_close=act in CLOSING and CLOSE in gere.lu.actes and not proposes,
        at_hand=usable[: filling.AT_HAND],
        others=usable[filling.AT_HAND :],
        left=filling.to_complete(answer.text),
    )


def _services(gere: FilGere, chosen: str) -> tuple[Option, ...]:
    """Return to whom a thread may be passed, each with how long its answers took."""
    options = [Option("", "Choisir", not chosen)]
    for one in gere.services:
        median = f", {median_words(one.delais)}" if one.delais.reponses else ""
        options.append(Option(one.nom, f"{one.nom}{median}", one.nom == chosen))
    return tuple(options)


def _last(events: Sequence[Evenement]) -> int:
    """Return the place of the last message with words or papers; what followed stays with it."""
    written = [place for place, one in enumerate(events) if one.texte or one.pieces]
    return written[-1] if written else max(len(events) - 1, 0)


def _fields(act: str, answer: Answer) -> tuple[Field, ...]:
    """Return the fields that an act needs besides its text."""
    faults, before = answer.faults, answer.before
    if act == CORRECT:
        label = "Valeur corrigée dans AGAPE ou EPP"
        return (
            desk_field("valeur", label, "text", answer.value, faults),
            desk_field("corrige_le", "Corrigée le", "day", answer.corrected, faults),
        )
    if act == HOLD:
        return (desk_field("avant", "Réponse avant le", "day", before, faults),)
    if act == ASK:
        return (desk_field("avant", "Pièce avant le", "day", before, faults, optional=True),)
    return ()


_MOST = 4
"""Steps that are shown of what happened: the first one, and the last ones."""
_BY_WORDS = frozenset({"completer", "relancer"})


def stair(thread: FilGere) -> tuple[Step, ...]:
    """Return the steps of a thread, at most five; words alone move nobody up."""
    happened = _steps(thread.lu.evenements)
    if len(happened) > _MOST:
        happened = [happened[0], *happened[1 - _MOST :]]
    short = FILTERS["jour_bref"]
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
