"""The strip under a datum that a person reported as wrong, and the links by which she does.

A screen of the file plugs it in with two calls: rows that carry the `key` of
`services.contract.facts` go through `marked`, sections through `reportable`; a table shows
`signal_for(key, reports)` under its line by the macro `parts.signal_row`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from iprof_kit.base.clock import paris
from iprof_kit.services.contract.own_file import Donnee, Signalement
from iprof_kit.ui.kit.parts import Action, Fact, Group, Option, Section, Signal, Step
from iprof_kit.ui.shared import text

REPORT, WRITE = "/dossier/signaler", "/courrier?nouveau=1"
NOT_YET = "pas encore"


def reportable(section: Section, part: str) -> Section:
    """Return a section with « Signaler une erreur » at its head.

    Parameters
    ----------
    section : Section
    part : str
        The part of the file, one of `services.contract.facts`: the form opens on it.
    """
    return replace(section, action=report_link(part, section.title))


def report_link(part: str, about: str) -> Action:
    """Return the links to the form and to a new message, both opened on a part of the file."""
    named = f"partie={quote(part)}"
    write = Action("Écrire", f"{WRITE}&{named}", about)
    return Action("Signaler une erreur", f"{REPORT}?{named}", about, beside=write)


def datum_link(key: str) -> str:
    """Return the address of the form, opened on the datum of a row (the first of several)."""
    return f"{REPORT}?donnee={quote(key.split()[0])}"


def marked(facts: Iterable[Fact], reports: Sequence[Signalement]) -> tuple[Fact, ...]:
    """Return the rows, each with the strip of its newest report, or with the link to report it."""
    facts_reported = []
    for fact in facts:
        signal = signal_for(fact.key, reports) if fact.key else None
        source = fact.source if signal is None else f"{fact.source}, signalé par vous".strip(", ")
        link = datum_link(fact.key) if fact.key and signal is None else ""
        facts_reported.append(replace(fact, signal=signal, source=source, report=link))
    return tuple(facts_reported)


def signal_for(key: str, reports: Sequence[Signalement]) -> Signal | None:
    """Return the strip of the newest report of a datum, or of a part of it, or None.

    « affectations.1 » is a whole line: « affectations.1.dates » is a part of it. Several keys
    are separated by spaces.
    """
    names = key.split()
    report = next((one for one in reports if any(_of(one.donnee, name) for name in names)), None)
    return None if report is None else signal_of(report)


def _of(datum: str, key: str) -> bool:
    return datum == key or datum.startswith(f"{key}.")


def signal_of(report: Signalement) -> Signal:
    """Return the strip of one report."""
    if report.corrige_le is not None:
        lead = f"Valeur corrigée : {report.valeur_corrigee}. " if report.valeur_corrigee else ""
        kept = f"Valeur d’avant, gardée dans l’historique : {report.valeur}."
        strong, lead, claimed, tail = "Corrigé.", (lead + kept), "", ""
    else:
        strong, lead = "Vous avez signalé une erreur.", "Vous indiquez :"
        wait = "" if report.repondu_le else " La donnée reste affichée jusqu’à la réponse."
        claimed, tail = report.indique, f".{wait}"
    return Signal(
        report.numero,
        strong,
        lead,
        claimed,
        tail,
        _steps(report),
        report.reponse,
        report.service,
        done=report.corrige_le is not None,
    )


def _steps(report: Signalement) -> tuple[Step, ...]:
    dates = (
        ("envoyé", report.envoye_le),
        ("pris en charge", report.pris_en_charge_le),
        ("répondu", report.repondu_le),
        ("corrigé", report.corrige_le),
    )
    last = max(number for number, (_, at) in enumerate(dates) if at is not None)
    return tuple(
        Step(name, _when(at), "" if at is None else "on" if number == last else "past")
        for number, (name, at) in enumerate(dates)
    )


def _when(at: datetime | None) -> str:
    return NOT_YET if at is None else text.day(paris(at).date())


def groups(data: Sequence[Donnee], chosen: str) -> tuple[Group, ...]:
    """Return the list of choices, one group a part of the file."""
    parts: dict[str, list[Option]] = {}
    for one in data:
        option = Option(one.cle, one.libelle, one.cle == chosen)
        parts.setdefault(one.partie, []).append(option)
    return tuple(Group(title, tuple(options)) for title, options in parts.items())
