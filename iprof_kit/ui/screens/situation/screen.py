"""Votre dossier › Situation particulière."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iprof_kit.services.contract.dossier import Dossier, SituationParticuliere
from iprof_kit.ui.kit.parts import Fact, Page, Section, since
from iprof_kit.ui.kit.screen import KitScreen, State
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import origin_text
from iprof_kit.ui.visit.provenance import correction, read_from


class Situation(KitScreen[State]):
    """What only the person herself is shown."""

    def page(self) -> Shown:
        """Return the screen."""
        return "situation", situation(self._visit.dossier(), self._visit.who().aujourdhui)


ONLY_YOU = (
    "Dans ce kit, ces données ne vont qu’à vous : ni le gestionnaire, ni l’évaluateur, ni "
    "l’analyste, ni le formateur, ni l’administrateur ne les reçoivent à l’écran. La base "
    "d’origine a ses propres règles d’accès."
)
_TITLES = {
    "education_prioritaire": "Éducation prioritaire",
    "handicap": "Handicap",
    "decharge": "Décharges de service",
    "poste_adapte": "Poste adapté",
}
_NONE = {
    "education_prioritaire": "affectation en éducation prioritaire",
    "handicap": "situation de handicap",
    "decharge": "décharge",
    "poste_adapte": "affectation sur poste adapté",
}
_PAPERS = "l’arrêté ou la décision qui la prouve"


@dataclass(frozen=True)
class SituationView(Page):
    """What the file holds of that kind, one section a nature; `none` names the others."""

    origin: str = ""
    only_you: str = ONLY_YOU
    seen_by: str = ""
    none: str = ""
    sections: tuple[Section, ...] = ()
    correction: str = ""


def situation(dossier: Dossier, today: date) -> SituationView:
    """Return the particular situations of a file."""
    numbered = list(enumerate(dossier.situations, 1))
    return SituationView(
        title="Situation particulière",
        lead=_lead(dossier, today),
        origin=origin_text(dossier),
        seen_by="vous et personne d’autre, dans ce kit",
        sections=tuple(
            _section(nature, [pair for pair in numbered if pair[1].nature == nature], today)
            for nature in _TITLES
            if nature in {one.nature for one in dossier.situations}
        ),
        none=_none(dossier),
        correction=correction(dossier, _PAPERS),
    )


def _lead(dossier: Dossier, today: date) -> str:
    current = [one for one in dossier.situations if _holds(one, today)]
    if not dossier.situations:
        return "Votre dossier ne contient aucune situation particulière."
    if not current:
        return "Votre dossier ne contient pas de situation particulière en cours."
    if len(current) == 1:
        return "Une situation particulière est en cours dans votre dossier."
    return f"Situations particulières en cours dans votre dossier : {len(current)}."


def _none(dossier: Dossier) -> str:
    """Return, in one sentence, what is not recorded; "" where each nature is."""
    recorded = {one.nature for one in dossier.situations}
    absent = [words for nature, words in _NONE.items() if nature not in recorded]
    if not absent:
        return ""
    last = absent.pop()
    listed = f"{', '.join(absent)} ni {last}" if absent else last
    return f"Aucune {listed} n’est enregistrée."


def _section(
    nature: str, numbered: list[tuple[int, SituationParticuliere]], today: date
) -> Section:
    newest = sorted(numbered, key=lambda pair: pair[1].debut or date.min, reverse=True)
    return Section(_TITLES[nature], tuple(_fact(number, one, today) for number, one in newest))


def _fact(number: int, one: SituationParticuliere, today: date) -> Fact:
    share = f"{one.quotite}{text.NBSP}% du service" if one.quotite is not None else ""
    return Fact(
        "En cours" if _holds(one, today) else "Terminée" if _over(one, today) else "À venir",
        one.libelle,
        detail=share,
        since=since(one.debut, one.fin, of=f"situation.{number}") or ("sans date",),
        source=read_from(one.source, one.lu_le),
        key=f"situations.{number}",
    )


def _holds(one: SituationParticuliere, today: date) -> bool:
    return (one.debut is None or one.debut <= today) and not _over(one, today)


def _over(one: SituationParticuliere, today: date) -> bool:
    return one.fin is not None and one.fin < today
