"""Every screen shown once to nobody: code, tables, templates and fonts are then in memory."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from pydantic import ValidationError

from iprof_kit.base.clock import PARIS, paris_today
from iprof_kit.base.errors import Refused
from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import moving
from iprof_kit.services.contract.bureau.fils import BureauLu
from iprof_kit.services.contract.carnet import CarnetEnregistre, CarnetLu
from iprof_kit.services.contract.courrier import Correspondant, CourrierLu
from iprof_kit.services.contract.cv import CvEnregistre, CvLu
from iprof_kit.services.contract.dossier import Academie, Dossier, DossierLu, Qui
from iprof_kit.services.contract.facts import data_of
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.contract.own_file import SignalementsLus, VisiteLue
from iprof_kit.ui.kit.guarded import UNAVAILABLE
from iprof_kit.ui.portal import HOME, PLACES, PROMOTIONS, Portal
from iprof_kit.ui.screens.desk.screen import sample_people
from iprof_kit.ui.shared.menu import ATELIER, BUREAU, CV, EVALUATION, PORTAL, answered, routes

_CHANGES: tuple[dict[str, str], ...] = ({"bonification_8-A": "oui"}, {"quotite-B": "100"})


class Understudy:
    """A guichet whose answers are those of a fictitious person: nothing is kept."""

    def __init__(self, dossier: Dossier, today: date) -> None:
        self._dossier, self._today = dossier, today

    def ask(self, op: str, **args: Any) -> Any:
        """Return the answer that the server would give her."""
        if op == "cv":
            return CvLu(cv=None, revision=0)
        if op == "cv_enregistrer":
            return CvEnregistre(issue="enregistre", revision=1, enregistre_le=None)
        if op == "carnet_lire":
            return CarnetLu(sujet=args["sujet"], contenu=None, revision=0)
        if op == "carnet_enregistrer":
            return CarnetEnregistre(issue="enregistre", revision=1, enregistre_le=None)
        if op == "signalements":
            return SignalementsLus(donnees=data_of(self._dossier))
        if op == "courrier":
            service = Correspondant(service="le service")
            return CourrierLu(correspondant=service, donnees=data_of(self._dossier))
        if op == "bureau":
            return BureauLu(service="")
        if op == "visite":
            return VisiteLue(precedente=None)
        if op == "dossier.lire":
            noon = datetime.combine(self._today, time(12), PARIS)
            return DossierLu(dossier=self._dossier, lu_a=noon)
        if op != "session.qui":
            return _empty(OPERATIONS[op].answer)
        return Qui(
            role="enseignant",
            prenom=self._dossier.identite.prenom,
            nom=self._dossier.identite.nom,
            libelle_corps=self._dossier.libelle_corps,
            aujourdhui=self._today,
            academie=Academie(code="", nom="", assistance_nom=""),
        )


def _empty(answer: type[Plain]) -> Plain:
    """Return what somebody who wrote nothing is answered; refuse where that says nothing."""
    try:
        return answer()
    except ValidationError:
        raise Refused("rien n’est gardé pendant une répétition.") from None


def rehearse(notebook: str = PORTAL) -> int:
    """Show every screen of a notebook and move a control, as a fictitious person.

    Nothing of it is kept.

    Parameters
    ----------
    notebook : str
        The CV, the desk, the evaluator and the atelier have their own screens; every other
        notebook shows some of the portal's.

    Returns
    -------
    int
        How many screens were shown.

    Raises
    ------
    RuntimeError
        A screen could not be shown.
    """
    dossier = next(iter(sample_people().values()))
    own = {CV: _cv, BUREAU: _desk, EVALUATION: _evaluation, ATELIER: _atelier}
    make = own.get(notebook, _portal)
    shown = make(dossier)
    if any(UNAVAILABLE in html for html in shown):
        raise RuntimeError("a screen could not be shown")
    return len(shown)


def _portal(dossier: Dossier) -> list[str]:
    portal = Portal(lambda: Understudy(dossier, paris_today()))
    shown = [portal.handle({"kind": "route", "path": path}).html for path in answered()]
    shown += [
        portal.handle(
            {
                "kind": "intent",
                "name": "scenarios",
                "values": values,
                "changed": "",
                "path": PROMOTIONS,
            }
        ).html
        for values in _CHANGES
    ]
    calendar = {"kind": "intent", "name": "dates_ics", "values": {}, "path": HOME}
    shown.append(portal.handle(calendar).html)
    promotions = [_promotions(person) for person in _of_each_corps()]
    return shown + _wishes(portal, "33") + _other_degree() + promotions


def _of_each_corps() -> list[Dossier]:
    """Return one person of each corps: what the law says of it is then read once for all."""
    return list({person.corps: person for person in sample_people().values()}.values())


def _promotions(dossier: Dossier) -> str:
    """Show the widest reader of the law: twenty campaigns of it, for one person."""
    portal = Portal(lambda: Understudy(dossier, paris_today()))
    return portal.handle({"kind": "route", "path": PROMOTIONS}).html


def _wishes(portal: Portal, place: str) -> list[str]:
    """Look at a place and add it: what a first wish needs is then in memory too."""
    acts = (("lieu", {"lieu": place}), ("voeu_ajouter", {"of": place}))
    return [
        portal.handle({"kind": "intent", "name": name, "values": values, "path": PLACES}).html
        for name, values in acts
    ]


def _other_degree() -> list[str]:
    """Show the movement of the second degree, whose tables the first person does not need."""
    dossier = next(one for one in sample_people().values() if one.corps in moving("2d"))
    portal = Portal(lambda: Understudy(dossier, paris_today()))
    return [portal.handle({"kind": "route", "path": PLACES}).html, *_wishes(portal, "Rennes")]


def _desk(dossier: Dossier) -> list[str]:
    """Show the desk of somebody for whom nothing waits, and its other screens."""
    from iprof_kit.ui.screens.bureau.screen import Bureau

    desk = Bureau(lambda: Understudy(dossier, paris_today()))
    return [desk.handle({"kind": "route", "path": path}).html for path in routes(BUREAU)]


def _evaluation(dossier: Dossier) -> list[str]:
    """Show the screens of an evaluator whose portfolio holds nobody."""
    from iprof_kit.ui.screens.evaluation.screen import Evaluation

    screens = Evaluation(lambda: Understudy(dossier, paris_today()))
    return [screens.handle({"kind": "route", "path": path}).html for path in routes(EVALUATION)]


def _atelier(dossier: Dossier) -> list[str]:
    """Show the rooms of a trainer, and calculate the lessons that she may play."""
    from iprof_kit.calculate.atelier.files import personas
    from iprof_kit.ui.screens.atelier_rooms.screen import Rooms
    from iprof_kit.ui.screens.lecons.screen import offers, play

    for offer in offers():
        play(offer.id)
    rooms = Rooms(lambda: Understudy(dossier, paris_today()), personas())
    return [rooms.handle({"kind": "route", "path": path}).html for path in routes(ATELIER)]


def _cv(dossier: Dossier) -> list[str]:
    """Show the pages of a CV without drawing them: typst draws in threads, which no fork keeps."""
    from iprof_kit.documents.typesetting import get_ready
    from iprof_kit.ui.screens.cv.preview import Undrawn
    from iprof_kit.ui.screens.cv.screen import CvEditor

    get_ready()
    editor = CvEditor(lambda: Understudy(dossier, paris_today()), Undrawn())
    shown = [editor.handle({"kind": "route", "path": path}).html for path in routes(CV)]
    for name in ("cv_ajouter", "cv_valider", "cv_fermer"):
        message = {
            "kind": "intent",
            "name": name,
            "values": {"of": "formations"},
            "path": "/cv/formations",
        }
        shown.append(editor.handle(message).html)
    return shown
