"""The files of data/campagnes: services and campaigns, checked where they are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from iprof_kit.base.clock import PARIS
from iprof_kit.base.paths import CAMPAIGNS
from iprof_kit.base.reference import written_rows
from iprof_kit.law.campaigns.model import (
    NATIONAL,
    Campaign,
    DatedStep,
    Service,
    Window,
    WrittenCampaign,
    known_places,
)
from iprof_kit.law.tables.marks import (
    Marks,
    checked_text,
    files_of_the_kit,
    mark_of,
    place,
    read_checked,
)
from iprof_kit.law.tables.written import Written, schema_of

KINDS: dict[str, type[Written]] = {"campagne": WrittenCampaign, "service": Service}
Given = Mapping[str, Any]
"""What a campaign's file holds, once checked."""


def read_campaign(path: str | Path) -> Given:
    """Return what the file of a campaign holds, checked.

    Parameters
    ----------
    path : str or Path
        See docs/services.md for what a file holds.

    Raises
    ------
    InputError
        The file cannot be read, or is no campaign: every error with line and column.

    Examples
    --------
    >>> from iprof_kit.base.paths import CAMPAIGNS
    >>> read_campaign(CAMPAIGNS / "pop_1d_2026.yml")["annee"]
    2026
    """
    return _read(Path(path), "campagne")


def checked_campaign(text: str, name: str) -> Given:
    """Return what the text of a campaign holds, checked; raises as `read_campaign`."""
    content: Given = checked_text(
        text, name, schema_of(WrittenCampaign), _campaign_errors, dates_as_written=True
    )
    return content


def read_service(path: str | Path) -> Given:
    """Return what the file of a service holds, checked; see `read_campaign`."""
    return _read(Path(path), "service")


def campaign_of(content: Given, *, given: bool = False) -> Campaign:
    """Return the campaign that a checked content says."""
    read = WrittenCampaign.model_validate(content)
    windows = tuple(map(_window, read.steps))
    return Campaign(read.id, services()[read.service], read.year, windows, read.undated, given)


@cache
def services() -> dict[str, Service]:
    """Return the services of the kit, by id, in the order of their names.

    Raises
    ------
    BadTable
        A file of the kit is no service.
    """
    known = files_of_the_kit(CAMPAIGNS / "services", read_service, _id)
    return {_id(one): Service.model_validate(one) for one in known}


@cache
def known_campaigns() -> tuple[Campaign, ...]:
    """Return the campaigns of the kit, by service and year.

    Raises
    ------
    BadTable
        A file of the kit is no campaign.
    """
    return tuple(campaign_of(one) for one in files_of_the_kit(CAMPAIGNS, read_campaign, _id))


def _id(content: Given) -> str:
    return str(content["id"])


def _read(file: Path, kind: str) -> Given:
    other_errors = {"campagne": _campaign_errors, "service": _service_errors}[kind]
    content: Given = read_checked(
        file, schema_of(KINDS[kind]), f"de {kind}", other_errors, dates_as_written=True
    )
    return content


def _service_errors(value: dict[str, Any], marks: Marks) -> list[str]:
    """Return what a schema cannot say of a service: a corps, a concours or a step not known."""
    corps = {row["corps"] for row in written_rows("corps")}
    competitions = {row["code"] for row in written_rows("concours")}
    steps = [one["etape"] for one in value["etapes"]]
    named: list[tuple[tuple[str | int, ...], str, set[str]]] = [
        (("corps", n), one, corps) for n, one in enumerate(value["corps"])
    ]
    named += [
        (("concours", n), one, competitions) for n, one in enumerate(value.get("concours", ()))
    ]
    for number, stair in enumerate(value["marches"]):
        path = ("marches", number, "etapes")
        named += [((*path, n), one, set(steps)) for n, one in enumerate(stair["etapes"])]
    for number, change in enumerate(value["changements"]):
        named.append((("changements", number, "jusqu_a"), change["jusqu_a"], set(steps)))
    if "voeux" in value:
        named += _named_by_wishes(value["voeux"], steps)
    for number, shown in enumerate(value.get("accuses", [])):
        for key in ("etape", "contestation"):
            if key in shown:
                named.append((("accuses", number, key), shown[key], set(steps)))
    rows = written_rows("demandes_delais")
    delays = {row["cle"] for row in rows if row["unite"].startswith("mois")}
    named += [
        (("recours", n, "delai"), one["delai"], delays)
        for n, one in enumerate(value.get("recours", []))
        if "delai" in one
    ]
    if "pieces_etape" in value:
        named.append((("pieces_etape",), value["pieces_etape"], set(steps)))
    for number, step in enumerate(value["etapes"]):
        if "apres" in step:
            before = set(steps[:number])
            named.append((("etapes", number, "apres"), step["apres"], before))
    errors = [_unknown(one, path, known, marks) for path, one, known in named if one not in known]
    if not value["corps"] and not value.get("concours"):
        where = place(mark_of(marks, ("corps",)))
        errors.append(f"{where} : ce service ne s’adresse à aucun corps ni à aucun concours.")
    return errors + [
        f"{place(mark_of(marks, ('etapes', n, 'etape')))} : l’étape « {one} » est déjà donnée."
        for n, one in enumerate(steps)
        if one in steps[:n]
    ]


def _named_by_wishes(
    wishes: Mapping[str, Any], steps: list[str]
) -> list[tuple[tuple[str | int, ...], str, set[str]]]:
    kinds = {one["nature"] for one in wishes.get("natures", [])}
    limits = [
        (("voeux", "bornes", n, "nature_obligatoire"), one["nature_obligatoire"], kinds)
        for n, one in enumerate(wishes.get("bornes", []))
        if "nature_obligatoire" in one
    ]
    return [(("voeux", "jusqu_a"), wishes["jusqu_a"], set(steps)), *limits]


def _unknown(value: str, path: tuple[str | int, ...], known: set[str], marks: Marks) -> str:
    return (
        f"{place(mark_of(marks, path))} : valeur inconnue « {value} ». Valeurs "
        f"possibles : {', '.join(sorted(known))}."
    )


def _campaign_errors(value: dict[str, Any], marks: Marks) -> list[str]:
    """Return what a schema cannot say of a campaign: its service, its steps, its days."""
    known = services()
    if value["service"] not in known:
        return [_unknown(value["service"], ("service",), set(known), marks)]
    errors = []
    expected = f"{value['service']}_{value['annee']}"
    if value["id"] != expected:
        where = place(mark_of(marks, ("id",)))
        errors.append(f"{where} : l’id d’une campagne est « {expected} ».")
    steps = {one.key for one in known[value["service"]].steps}
    seen: set[tuple[str, str]] = set()
    for number, one in enumerate(value["etapes"]):
        errors += _step_errors(one, ("etapes", number), steps, marks, value["annee"])
        key = (one["etape"], one.get("portee", NATIONAL))
        if key in seen:
            where = place(mark_of(marks, ("etapes", number, "etape")))
            errors.append(f"{where} : cette étape est déjà donnée pour la même portée.")
        seen.add(key)
    undated = value.get("sans_date", {})
    if "note_jusqu_au" in undated and _day(undated["note_jusqu_au"]) is None:
        errors.append(_no_day(undated["note_jusqu_au"], ("sans_date", "note_jusqu_au"), marks))
    return errors


def _step_errors(
    one: dict[str, Any], path: tuple[str | int, ...], steps: set[str], marks: Marks, year: int
) -> list[str]:
    if one["etape"] not in steps:
        return [_unknown(one["etape"], (*path, "etape"), steps, marks)]
    wrong = [key for key in ("du", "au") if key in one and _day(one[key]) is None]
    if wrong:
        return [_no_day(one[key], (*path, key), marks) for key in wrong]
    errors = []
    if "portee" in one and one["portee"] not in known_places():
        errors.append(_no_place(one["portee"], (*path, "portee"), marks))
    window = _window(DatedStep.model_validate(one))
    if window.opens and window.closes and window.closes <= window.opens:
        errors.append(f"{place(mark_of(marks, (*path, 'au')))} : la fin précède le début.")
    for key in ("du", "au"):
        if key in one and not 0 <= year - date.fromisoformat(one[key]).year <= 1:
            errors.append(
                f"{place(mark_of(marks, (*path, key)))} : « {one[key]} » n’est ni de "
                f"{year - 1} ni de {year}, l’année de la rentrée visée et celle d’avant."
            )
    return errors


def _no_place(written: str, path: tuple[str | int, ...], marks: Marks) -> str:
    """Refuse the dates of a place that nobody is in: nobody would read them."""
    where = place(mark_of(marks, path))
    return (
        f"{where} : « {written} » n’est ni le code d’un département (63, 2A, 974) ni le "
        "nom d’une académie."
    )


def _no_day(written: str, path: tuple[str | int, ...], marks: Marks) -> str:
    where = place(mark_of(marks, path))
    return f"{where} : « {written} » n’est pas un jour du calendrier."


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _window(one: DatedStep) -> Window:
    return Window(
        one.step,
        _day(one.first),
        _day(one.last),
        moment(one.first, one.first_hour) if one.first else None,
        ending(one.last, one.last_hour) if one.last else None,
        one.first_hour,
        one.last_hour,
        one.scope,
        one.note,
        one.source,
    )


def moment(day: str, hour: str = "") -> datetime:
    """Return the moment of an hour of Paris; of a day alone, its midnight."""
    at = time.fromisoformat(hour) if hour else time()
    return datetime.combine(date.fromisoformat(day), at, PARIS)


def ending(day: str, hour: str = "") -> datetime:
    """Return the moment from which a step is closed: the hour, or the end of the day."""
    if hour:
        return moment(day, hour)
    return moment((date.fromisoformat(day) + timedelta(days=1)).isoformat())
