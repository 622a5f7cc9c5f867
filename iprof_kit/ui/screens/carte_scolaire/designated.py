"""Who would leave: her years in the post beside those of colleagues, as she types them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.calendar import eve_of_rentree
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.interface.bounds import longest
from iprof_kit.calculate.mobility.territories import designated
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.fields import read_number
from iprof_kit.ui.kit.parts import Lanes, Option, counted_lanes
from iprof_kit.ui.screens.anciennetes.view import years_in_post
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, worded

VOLUNTEER, COLLEAGUE = "volontaire", "collegue"
COLLEAGUES = 3
_MOST_YEARS = longest("annees_dans_un_poste")
_YES, _NO = "oui", "non"
_SENTENCES = {
    "volontaire": "Un collègue volontaire part à votre place : vous seriez gardée dans le poste.",
    "elle": "Vous auriez le moins d’années dans le poste : c’est le vôtre qui serait supprimé.",
    "egalite": "Vous seriez à égalité : votre circulaire dit ce qui départage.",
    "autre": "Un collègue a moins d’années que vous : le vôtre ne serait pas désigné.",
    "inconnu": "Écrivez les années de vos collègues : la plus faible ancienneté de poste part.",
}


@dataclass(frozen=True)
class Colleague:
    """The years that she typed of one colleague; no name is asked."""

    rank: int
    value: str
    error: str = ""


@dataclass(frozen=True)
class Designated:
    """The figure, its levers, and what it says."""

    lanes: Lanes
    volunteers: tuple[Option, ...]
    colleagues: tuple[Colleague, ...]
    sentence: str
    strong: str
    """The sentence that opens the screen, where the years typed say enough."""


def designated_of(
    dossier: Dossier, fields: Mapping[str, str], year: int, today: date
) -> Designated | None:
    """Return who would leave at the rentrée of a year; None where her years are not known.

    Parameters
    ----------
    fields : mapping
        What her carnet keeps of this screen.
    """
    day = eve_of_rentree(year)
    own, eve = years_in_post(dossier, day, today), text.dated(day, "movement.counted_to", f"{year}")
    if own is None:
        return None
    volunteer = fields.get(VOLUNTEER) == _YES
    read = [_read(rank, fields.get(f"{COLLEAGUE}-{rank}", "")) for rank in range(1, 1 + COLLEAGUES)]
    known = [(one.rank, years) for one, years in read if years is not None]
    who = designated(own, [years for _, years in known], volunteer)
    rows = [("Vous", own, _years(own))]
    rows += [(f"Collègue {rank}", years, _years(years)) for rank, years in known]
    return Designated(
        lanes=counted_lanes(
            rows,
            worded("Années dans le poste au {} : d’ordinaire la plus faible part", eve),
            " ; ".join(f"{name}, {words}" for name, _, words in rows),
        ),
        volunteers=(Option(_NO, "non", not volunteer), Option(_YES, "oui", volunteer)),
        colleagues=tuple(one for one, _ in read),
        sentence=_addressed(dossier, _SENTENCES[who]),
        strong=worded("{} dans le poste au {}.", figure(_years(own), "post.years", own, day), eve)
        if who == "inconnu"
        else _addressed(dossier, _SENTENCES[who]),
    )


def _addressed(dossier: Dossier, sentence: str) -> str:
    woman = dossier.identite.civilite == "Madame"
    return sentence if woman else sentence.replace("gardée", "gardé")


def _read(rank: int, typed: str) -> tuple[Colleague, int | None]:
    try:
        years = read_number(typed, most=_MOST_YEARS)
    except InputError as error:
        return Colleague(rank, typed, f"{text.sentence(error.message)} {error.remedy}"), None
    return Colleague(rank, typed), None if years is None else int(years)


def _years(count: int) -> str:
    return f"{count} an{'s' if count > 1 else ''}"
