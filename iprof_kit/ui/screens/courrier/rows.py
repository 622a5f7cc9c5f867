"""The list of threads: whose turn it is and since when, and the way of one as a stair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from iprof_kit.services.contract.courrier import Comptes, CourrierLu, Evenement, Fil, Nature, Vue
from iprof_kit.ui.kit.parts import Option, Step
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, worded

NOT_YET = "pas encore"
_ENTERED = {
    "envoye": ("envoyer",),
    "pris_en_charge": ("prendre", "attendre", "envoyer_piece"),
    "piece_demandee": ("demander_piece",),
    "repondu": ("repondre",),
    "decide": ("corriger", "confirmer"),
    "recevable": ("admettre",),
    "irrecevable": ("ecarter",),
    "clos": ("clore",),
    "rouvert": ("rouvrir",),
}
"""By which acts a thread comes to each state, in the order of a life."""
_LABELS = {
    "envoye": "Envoyé",
    "pris_en_charge": "Pris en charge",
    "piece_demandee": "Pièce demandée",
    "repondu": "Répondu",
    "decide": "Décidé",
    "recevable": "Noté recevable",
    "irrecevable": "Noté irrecevable",
    "clos": "Clos",
    "rouvert": "Rouvert",
}
STEP = "mail.step"
"""When a thread came to a state; that where it stands, where none is named."""
_ENDS = {"clos", "ecrit", "informe", "rappele"}
"""After which nothing is to come by itself."""
_ANSWERED = {"repondu", "decide", "recevable", "irrecevable"}


def way(thread: Fil, events: Sequence[Evenement]) -> tuple[Step, ...]:
    """Return the steps of a thread, from its sending to its end.

    What did not happen before the state of today is left out; what may follow is « pas encore ».
    """
    before = _passed(thread, events)
    now = Step(thread.libelle, _day(thread.depuis, STEP, thread.id), "on")
    return (*before, now, *(Step(_LABELS[code], NOT_YET, "next") for code in _ahead(thread.etat)))


def _passed(thread: Fil, events: Sequence[Evenement]) -> tuple[Step, ...]:
    """Return the states that the thread has left, each with the last day on which it came there."""
    days: dict[str, datetime] = {}
    for event in events:
        for code, acts in _ENTERED.items():
            if event.acte in acts and code != thread.etat and event.le <= thread.depuis:
                days.pop(code, None)
                days[code] = event.le
    if thread.etat != "rouvert":  # an older life of the thread is told by its events
        ended = max((days[code] for code in ("clos", "rouvert") if code in days), default=None)
        days = {k: at for k, at in days.items() if k == "envoye" or not ended or at >= ended}
        days.pop("clos", None)
    order = sorted(days, key=lambda code: days[code])
    return tuple(
        Step(_LABELS[code], _day(days[code], f"{STEP}.{code}", thread.id), "done") for code in order
    )


def _ahead(state: str) -> tuple[str, ...]:
    if state in _ENDS:
        return ()
    if state in _ANSWERED:
        return ("clos",)
    if state in ("envoye", "rouvert"):
        return ("pris_en_charge", "repondu", "clos")
    return ("repondu", "clos")


def _day(moment: datetime, quantity: str, thread: str) -> str:
    day = text.in_paris(moment)
    return figure(" ".join(text.short_day(day)), quantity, day, thread)


KIT = "Kit libre, non officiel"
SERVICE = "Votre service"
NATURES: dict[Nature, str] = {
    "question": "Question",
    "changement": "Changement de situation",
    "erreur": "Erreur du dossier",
    "pieces": "Envoi de pièces",
    "campagne": "Pièces d’une campagne",
    "service": "Message du service",
    "kit": "Message du kit",
}
VIEWS: dict[Vue, str] = {
    "tous": "tous",
    "vous": "à vous",
    "service": "au service",
    "kit": "du kit",
    "clos": "clos",
}
_HEIGHTS = {"envoye": 1, "rouvert": 1, "pris_en_charge": 2, "clos": 4}
"""On which of four steps a state stands; the others, on the third."""


def own_title(thread: Fil) -> str:
    """Return the subject of a thread; of the kit's own, without what the line has above it."""
    if thread.nature != "kit":
        return thread.objet
    rest = thread.objet.removeprefix(KIT).lstrip(" \u00a0\u202f:")
    return rest[:1].upper() + rest[1:]


def due_on(thread: Fil) -> str:
    """Return before when an answer is awaited, with its fact; "" where no day was said."""
    return text.dated(thread.avant, "mail.before", thread.id) if thread.avant else ""


def may_remind(thread: Fil, today: date) -> bool:
    """Tell whether the announced delay has passed."""
    return thread.relance_le is not None and thread.relance_le <= today


def count_words(read: CourrierLu) -> str:
    """Return « 7 fils, 2 nouveaux »."""
    many = read.trouves
    threads = {0: "Aucun fil", 1: "1 fil"}.get(many, f"{text.whole(many)} fils")
    new = sum(one.nouveau for one in read.fils)
    return f"{threads}, {new} {'nouveaux' if new > 1 else 'nouveau'}" if new else threads


def view_options(counts: Comptes, chosen: Vue) -> tuple[Option, ...]:
    """Return the five views, each with its count."""
    return tuple(
        Option(code, f"{words} {getattr(counts, code)}", code == chosen)
        for code, words in VIEWS.items()
    )


def sentence(read: CourrierLu, today: date) -> tuple[str, str]:
    """Return what waits for the person, till when: the words to read first, then the others."""
    counts, waiting = read.comptes, [one for one in read.fils if one.attend == "vous"]
    if counts.vous:
        strong, why = _waits(counts.vous, waiting)
        return strong, f"{why} {_also(read.fils, counts.vous, today)}".strip()
    if counts.nouveaux:
        return f"{_threads(counts.nouveaux, 'a', 'ont')} du nouveau.", "Aucun ne vous attend."
    if counts.service:
        strong = f"{_threads(counts.service, 'attend', 'attendent')} la réponse du service."
        also = _also(read.fils, 0, today)
        return strong, also.replace("L’un d’eux", "Il") if counts.service == 1 else also
    if counts.tous:
        return "Rien ne vous attend.", _delay(read.correspondant.delai_jours)
    if read.correspondant.mode == "lettre":
        return "Écrivez une lettre :", "ce kit la met en page, vous l’envoyez à votre service."
    return "Aucun fil encore.", _delay(read.correspondant.delai_jours)


def _waits(many: int, waiting: Sequence[Fil]) -> tuple[str, str]:
    dates = [one.avant for one in waiting if one.avant]
    first = text.dated(min(dates), "mail.before", _of_the_first(waiting)) if dates else ""
    until: str = worded(" jusqu’au {}", first) if dates else ""
    if many == 1 and _asks_paper(waiting):
        return worded("Un fil vous attend{} :", until), "le service demande une pièce."
    if many == 1:
        return worded("Un fil vous attend{}.", until), ""
    return worded(f"{many} fils vous attendent{', le premier' if until else ''}{{}}.", until), ""


def _of_the_first(waiting: Sequence[Fil]) -> str:
    """Return the thread that waits for her first."""
    return min((one.avant, one.id) for one in waiting if one.avant)[1]


def _asks_paper(waiting: Sequence[Fil]) -> bool:
    return bool(waiting) and waiting[0].etat == "piece_demandee"


def _also(threads: Iterable[Fil], others: int, today: date) -> str:
    """Return which threads may be reminded; `others` are those that the sentence named first."""
    late = sum(may_remind(one, today) for one in threads)
    if late > 1:
        return f"{late} peuvent être relancés."
    if late == 1:
        return f"{'Un autre' if others else 'L’un d’eux'} peut être relancé."
    return ""


def _threads(many: int, one: str, several: str) -> str:
    return f"Un fil {one}" if many == 1 else f"{many} fils {several}"


def announced(days: int) -> str:
    """Return « 10 jours »: within how long the service says that it answers."""
    return figure(text.counted_days(days), "mail.delay", days)


def _delay(days: int | None) -> str:
    if days is None:
        return "Tout y est daté : l’envoi, la lecture, la réponse."
    return worded("Votre académie annonce une réponse sous {}.", announced(days))


def looks(thread: Fil) -> tuple[str, ...]:
    """Return how each of the four steps of a thread looks: done, on, next; none for the kit's."""
    at = _HEIGHTS.get(thread.etat, 3)
    each = ("done" if n < at else "on" if n == at else "next" for n in range(1, 5))
    return () if thread.nature == "kit" else tuple(each)
