"""The portal: an address or an intent in, the HTML of a screen out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from iprof_kit.base.errors import InputError, KitError, Refused, Unavailable
from iprof_kit.calculate import law_facts
from iprof_kit.calculate.questions import Periode, Situation
from iprof_kit.services.contract import Dossier, DossierLu, Qui
from iprof_kit.ui import text
from iprof_kit.ui.components.screen import Message, Screen
from iprof_kit.ui.forms import chosen, read_past_day
from iprof_kit.ui.menu import places
from iprof_kit.ui.render import render
from iprof_kit.ui.scenarios import Calculate, Comparison, calculate
from iprof_kit.ui.views.a_venir import a_venir
from iprof_kit.ui.views.accueil import accueil, next_echelon, without_file
from iprof_kit.ui.views.carriere import carriere
from iprof_kit.ui.views.ma_situation import date_fields, ma_situation, read_situation
from iprof_kit.ui.views.pages import PAGES
from iprof_kit.ui.views.parts import Notice, Page
from iprof_kit.ui.views.promotions import no_corps, promotions
from iprof_kit.ui.views.synthese import current_echelon, current_position, synthese

HOME = "/accueil"
PROMOTIONS = "/perspectives/promotions"
_log = logging.getLogger(__name__)
UNAVAILABLE = "Écran indisponible"
_WAITING = '<p class="sec" role="status">Ouverture de l’écran.</p>'


class Asks(Protocol):
    """The guichet, as the screens see it."""

    def ask(self, op: str, **args: object) -> Any:
        """Return the typed answer of an operation; refusals are raised as `KitError`."""


@dataclass
class OwnDate:
    """What a person typed in « Ma date est fausse », valid or not."""

    values: dict[str, str]
    errors: dict[str, KitError]
    applied: bool = False


class Portal:
    """The screens of one person: her answers from the guichet, and what she is trying.

    Nothing is asked of the guichet before the first route: a kernel can be made ahead.

    Parameters
    ----------
    open_guichet : callable
        Returns the guichet; called once, at the first need.
    ask : callable
        Answers a `CareerQuestion`.
    """

    def __init__(self, open_guichet: Callable[[], Asks], ask: Calculate = calculate) -> None:
        self._open_guichet = open_guichet
        self._ask = ask
        self._guichet: Asks | None = None
        self._path = HOME
        self._read: Dossier | None = None
        self._comparison: Comparison | None = None
        self._own_date: OwnDate | None = None

    def handle(self, message: Message) -> str:
        """Return the HTML that answers a message of the browser; never raises."""
        return guarded(lambda: self._handle(message), lambda: self._path)

    def stay(self) -> None:
        """Tell the server that the person is still there; her login then lasts too."""
        with suppress(KitError):  # whatever is wrong is said where she does something
            self._who()

    def _handle(self, message: Message) -> str:
        if message["kind"] == "route":
            self._read = None
            self._path = word(message.get("path")) or HOME
        else:
            self._path = word(message.get("path")) or self._path
            self._intent(message)
        return self._screen(self._path)

    def _intent(self, message: Message) -> None:
        values = texts(message.get("values"))
        name = message.get("name")
        if name == "scenarios" and self._comparison:
            self._comparison.change(values, word(message.get("changed")))
        elif name == "ma_date":
            self._take_date(values)
        elif name == "date_du_dossier":
            self._own_date = self._comparison = None

    def _screen(self, path: str) -> str:
        if path in PAGES:
            return render("page", PAGES[path](self._who().academie))
        place = places().get(path)
        if place is None:
            gone = Page(
                "Page introuvable",
                "Cette adresse n’existe pas dans ce kit. Le menu mène à tous les écrans.",
            )
            return render("base", gone)
        if place.coming:
            view = a_venir(place.title, self._who().academie)
            return render("a_venir", view, rubrique=place.rubrique, tabs=place.tabs)
        build = {
            HOME: self._accueil,
            "/dossier/synthese": self._synthese,
            "/dossier/carriere": self._carriere,
            PROMOTIONS: self._promotions,
        }[place.path]
        template, page = build()
        return render(template, page, rubrique=place.rubrique, tabs=place.tabs)

    def _accueil(self) -> tuple[str, Page]:
        who = self._who()
        today = who.aujourdhui
        try:
            dossier = self._dossier()
        except Refused as error:
            return "accueil", without_file(who, str(error))
        notices: tuple[Notice, ...] = ()
        answer = None
        try:
            comparison = self._comparing(dossier, today)
            answer = comparison.answer() if comparison else None
        except KitError as error:
            notices = (failed(error),)
        return "accueil", replace(accueil(dossier, answer, today), notices=notices)

    def _synthese(self) -> tuple[str, Page]:
        return "synthese", synthese(self._dossier(), self._who().aujourdhui)

    def _carriere(self) -> tuple[str, Page]:
        dossier, today = self._dossier(), self._who().aujourdhui
        notices: tuple[Notice, ...] = ()
        coming = None
        try:
            comparison = self._comparing(dossier, today)
            coming = next_echelon(comparison.answer(), today) if comparison else None
        except KitError as error:
            notices = (failed(error),)
        return "carriere", replace(carriere(dossier, today, coming), notices=notices)

    def _promotions(self) -> tuple[str, Page]:
        dossier, today = self._dossier(), self._who().aujourdhui
        own = self._own_date
        base = situation_of(dossier, today)
        if base is None:
            return "promotions", no_corps()
        if own and own.applied:
            base = _with_own(base, own.values, today)
        if self._comparison is None:
            self._comparison = Comparison(base, today, self._ask)
        comparison = self._comparison
        fields = date_fields(base, own.values if own else None, own.errors if own else {})
        view = promotions(
            comparison.answer(),
            date_fields=fields,
            refusals=comparison.refusals,
            own_date=bool(own and own.applied),
        )
        return "promotions", view

    def _comparing(self, dossier: Dossier, today: date) -> Comparison | None:
        base = situation_of(dossier, today)
        if base is None:
            return None
        if self._own_date and self._own_date.applied:
            return Comparison(base, today, self._ask)
        if self._comparison is None:
            self._comparison = Comparison(base, today, self._ask)
        return self._comparison

    def _take_date(self, values: dict[str, str]) -> None:
        """Keep what was typed; use it only once it has been calculated without error."""
        today = self._who().aujourdhui
        base = situation_of(self._dossier(), today)
        if base is None:
            return
        self._own_date = OwnDate(values, {})
        try:
            candidate = Comparison(_with_own(base, values, today), today, self._ask)
            candidate.answer()
        except KitError as error:
            self._own_date.errors["date_effet"] = error
            self._comparison = None
        else:
            self._own_date.applied = True
            self._comparison = candidate

    def _who(self) -> Qui:
        found: Qui = self._asked().ask("session.qui")
        return found

    def _dossier(self) -> Dossier:
        """Return the file, read once a screen: each reading is written in the journal."""
        if self._read is None:
            answer: DossierLu = self._asked().ask("dossier.lire")
            self._read = answer.dossier
        return self._read

    def _asked(self) -> Asks:
        if self._guichet is None:
            self._guichet = self._open_guichet()
        return self._guichet


class MySituation:
    """The screen without account: a form, then the same perspectives. Nothing is kept."""

    def __init__(self, today: Callable[[], date], ask: Calculate = calculate) -> None:
        self._today = today
        self._ask = ask
        self._values: dict[str, str] = {}
        self._errors: dict[str, KitError] = {}
        self._comparison: Comparison | None = None

    def handle(self, message: Message) -> str:
        """Return the HTML that answers a message of the browser; never raises."""
        return guarded(lambda: self._handle(message))

    def _handle(self, message: Message) -> str:
        values = texts(message.get("values"))
        name = message.get("name") if message["kind"] == "intent" else None
        if name == "scenarios" and self._comparison:
            self._comparison.change(values, word(message.get("changed")))
        elif name == "situation_choix":
            self._values, self._errors = values, {}
        elif name == "situation":
            self._take(values)
        return self._show()

    def _take(self, values: dict[str, str]) -> None:
        self._values, self._comparison = values, None
        situation, self._errors = read_situation(values, self._today())
        if situation is None:
            return
        comparison = Comparison(situation, self._today(), self._ask)
        try:
            comparison.answer()
        except KitError as error:
            self._errors = {"date_effet": error}
        else:
            self._comparison = comparison

    def _show(self) -> str:
        comparison = self._comparison
        answer = (
            promotions(comparison.answer(), refusals=comparison.refusals, by_hand=True)
            if comparison
            else None
        )
        return render("ma_situation", ma_situation(self._values, self._errors, answer))


def situation_of(dossier: Dossier, today: date) -> Situation | None:
    """Return the starting point that a file gives, or None without corps or échelon."""
    held = current_echelon(dossier)
    if held is None:
        return None
    position = current_position(dossier, today)
    modality = position.modalite.lower() if position else ""
    return Situation(
        corps=held.corps,
        grade=held.grade,
        echelon=held.echelon,
        chevron=held.chevron,
        date_effet=held.date_effet,
        reliquat_jours=held.reliquat_jours,
        date_naissance=dossier.identite.date_naissance,
        quotite=position.quotite if position and position.quotite > 0 else 100,
        type_temps_partiel="de_droit" if "droit" in modality else "sur_autorisation",
        categorie_retraite=dossier.categorie_retraite,
        academie=dossier.academie,
        periodes=tuple(
            Periode(position=p.position, motif=p.motif, debut=p.debut, fin=p.fin)
            for p in dossier.positions
        ),
    )


def open_portal() -> Screen:
    """Return the portal of the person whose session opened this kernel."""
    from iprof_kit.ui.guichet import open_guichet

    portal = Portal(open_guichet)
    return Screen(portal.handle, html=_WAITING, stay=portal.stay)


def open_my_situation() -> Screen:
    """Return the screen without account; `today` is Paris's."""
    return Screen(MySituation(paris_today).handle, html=_WAITING, routed=False)


def paris_today() -> date:
    """Return today's date in Paris: the edge where the clock is read."""
    return datetime.now(ZoneInfo("Europe/Paris")).date()


def guarded(build: Callable[[], str], path: Callable[[], str] = str) -> str:
    """Return what `build` returns, or a notice in French; the cause goes to the log only.

    Where a means did not answer, the notice leads to `path` again.
    """
    try:
        return build()
    except KitError as error:
        again = path() if isinstance(error, Unavailable) else ""
        known = again if again in places() else ""
        return render("base", Page(UNAVAILABLE, notices=(failed(error),), again=known))
    except Exception:
        _log.exception("screen failed")
        trouble = Notice(
            "Cet écran n’a pas pu être préparé.",
            "Rien n’est perdu dans votre dossier. Rouvrez la page ; si cela se "
            "répète, prévenez l’assistance.",
        )
        return render("base", Page(UNAVAILABLE, notices=(trouble,)))


def failed(error: KitError) -> Notice:
    """Return the notice of an error written for the person."""
    return Notice(text.sentence(error.message), text.french(error.remedy))


def word(value: object) -> str:
    """Return a short text of a message; empty where it is anything else."""
    return value[:200] if isinstance(value, str) else ""


def texts(values: object) -> dict[str, str]:
    """Return the form values of a message; anything that is not short text is dropped."""
    if not isinstance(values, Mapping):
        return {}
    return {str(k)[:60]: v[:200] for k, v in values.items() if isinstance(v, str)}


def _with_own(base: Situation, values: Mapping[str, str], today: date) -> Situation:
    """Return the situation with the échelon and the date that the person typed."""
    echelons = law_facts.echelons(base.corps or "", base.grade or "")
    echelon = chosen(values, "echelon", echelons)
    chevrons = law_facts.chevrons(base.corps or "", base.grade or "", echelon)
    chevron = values.get("chevron") or None
    if chevrons and chevron not in chevrons:
        raise InputError("Cet échelon a des chevrons.", remedy=f"Choisissez {', '.join(chevrons)}.")
    return base.model_copy(
        update={
            "echelon": echelon,
            "chevron": chevron if chevrons else None,
            "date_effet": read_past_day(values.get("date_effet", ""), today),
            "reliquat_jours": 0,
        }
    )
