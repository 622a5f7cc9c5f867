"""What she types of a training that she followed or of an answer, and what goes to her CV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from iprof_kit.base.asked import Asked
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.words import number_text
from iprof_kit.calculate.interface.bounds import longest
from iprof_kit.cv.sections.formations import Formation
from iprof_kit.ui.kit.fields import read_number, read_past_day, shown
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.cv.store import Store
from iprof_kit.ui.screens.formation.kept import Followed, identifier
from iprof_kit.ui.screens.formation.sessions import Choice
from iprof_kit.ui.shared import text

PREFIX = "suivie_"
_NATURES = {"formation": "formation continue", "animation": "animation pédagogique"}
_COUNTS = {"oui": "oui", "non": "non"}
_LONGEST = 200
DEFAULTS = {"intitule": "", "jour": "", "heures": "", "nature": "formation", "compte": "oui",
            "lieu": "", "attestation": ""}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """The form of one training followed: what was typed, what is wrong."""

    typed: Mapping[str, str]
    errors: Mapping[str, InputError]
    followed: Followed | None = None


def read_entry(values: Mapping[str, str], today: date) -> Entry:
    """Return the training that a form says, or what is wrong in it, field by field."""
    typed = {name: values.get(f"{PREFIX}{name}", kept).strip() for name, kept in DEFAULTS.items()}
    errors: dict[str, InputError] = {}
    if not typed["intitule"]:
        errors["intitule"] = InputError("L’intitulé manque.", remedy="Écrivez-le.")
    for name in ("intitule", "lieu", "attestation"):
        if len(typed[name]) > _LONGEST:
            errors[name] = InputError(
                f"Ce texte dépasse {_LONGEST} caractères.", remedy="Raccourcissez-le."
            )
    day, hours = None, None
    try:
        day = read_past_day(typed["jour"], today)
    except InputError as error:
        errors["jour"] = error
    try:
        hours = read_number(typed["heures"], most=longest("heures_suivies"))
        if not hours:
            errors["heures"] = InputError("La durée manque.", remedy="Écrivez 3 ou 1,5.")
    except InputError as error:
        errors["heures"] = error
    if errors or day is None or not hours:
        return Entry(typed, errors)
    return Entry(typed, {}, Followed(
        identifier(typed["intitule"], day.isoformat(), number_text(hours)), typed["intitule"], day,
        hours, typed["nature"], typed["compte"] != "non", typed["lieu"], typed["attestation"],
    ))  # fmt: skip


def entry_fields(entry: Entry, *, first_degree: bool) -> tuple[Field, ...]:
    """Return the fields of the form as they were typed."""
    fields = (
        Asked("intitule", "Intitulé", needed=True, most=_LONGEST),
        Asked("jour", "Premier jour", "day", needed=True),
        Asked("heures", "Durée, en heures", "decimal", needed=True),
        Asked("nature", "Nature", choices=tuple(_NATURES.items())),
        Asked("compte", "Compte dans le service", choices=tuple(_COUNTS.items())),
        Asked("lieu", "Lieu ou organisme", most=_LONGEST),
        Asked("attestation", "Attestation : son numéro, où vous la gardez", most=_LONGEST),
    )
    return tuple(
        replace(
            shown(one, entry.typed[one.name], entry.errors.get(one.name)),
            name=f"{PREFIX}{one.name}",
        )
        for one in fields
        if first_degree or one.name not in ("nature", "compte")
    )


def followed_of(choice: Choice, today: date) -> Followed:
    """Return a wish as a training that was followed.

    Raises
    ------
    InputError
        Its day is not known or to come, or its length is not known.
    """
    session = choice.session
    if session.debut is None or not session.heures:
        raise InputError(
            "le plan ne dit pas le jour ou la durée de cette session.",
            remedy="Notez-la dans « Formations suivies », avec les vôtres.",
        )
    if session.debut > today:
        raise InputError(
            f"cette session commence le {text.day(session.debut)}.",
            remedy="Notez-la une fois suivie.",
        )
    counts = session.public != "designe" or session.nature == "animation"
    return Followed(
        identifier(choice.key), session.intitule, session.debut, session.heures, session.nature,
        counts, session.lieu,
    )  # fmt: skip


def answered(choice: Choice, values: Mapping[str, str], today: date) -> tuple[Choice, date | None]:
    """Return a wish with the opinion and the answer that were typed, and the day of the answer.

    Raises
    ------
    InputError
        The day cannot be read, or is to come.
    """
    typed = values.get("reponse_le", "").strip()
    day = read_past_day(typed, today) if typed else None
    changed = replace(
        choice,
        opinion=values.get("avis", ""),
        answer=values.get("reponse", ""),
        answered=text.typed_day(day),
    )
    return changed, day


def add_to_cv(visit: Visit, one: Followed) -> datetime | None:
    """Add a training to the draft of the CV; return when it was saved, None where it was there.

    Raises
    ------
    KitError
        The CV is not saved: it was changed elsewhere meanwhile, or the server refuses.
    """
    store = Store(visit.guichet)
    store.load()
    facts = store.cv.faits
    line = _line(one, visit.who().academie.nom)
    if any(item.id == line.id for item in facts.formations):
        return None
    changed = facts.model_copy(update={"formations": (line, *facts.formations)})
    store.write(store.cv.model_copy(update={"faits": changed}))
    if store.trouble is not None:
        raise store.trouble
    if store.other is not None:
        raise Unavailable(
            "votre CV vient d’être modifié ailleurs.",
            remedy="Rien n’a été remplacé : appuyez de nouveau.",
        )
    return store.saved_at


def _line(one: Followed, academy: str) -> Formation:
    return Formation(
        id=one.id,
        intitule=one.title,
        organisme=f"Académie de {academy}" if academy and not one.place else "",
        lieu=one.place,
        debut=f"{one.day:%Y-%m}",
        heures=number_text(one.hours),
    )
