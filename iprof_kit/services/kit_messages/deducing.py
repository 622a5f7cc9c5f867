"""What may be deduced of a file on a day, in the process that holds the law: files in, words out.

`answer` is asked by `questioning`, in a bounded process: the server holds no table of the law.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from pydantic import TypeAdapter

from iprof_kit.base.calendar import (
    add_months_civil,
    date_text,
    rentree_day,
    school_year,
)
from iprof_kit.base.clock import PARIS
from iprof_kit.base.errors import BadTable, KitError
from iprof_kit.base.words import at_echelon, at_place, counted, position_label, the_place
from iprof_kit.calculate.campaigns.calculation import campaigns
from iprof_kit.calculate.campaigns.question import (
    CampagnesQuestion,
    CampagneVue,
    EtapeVue,
    Incident,
)
from iprof_kit.calculate.campaigns.reminders import DAYS_BEFORE, soon
from iprof_kit.calculate.career.by_right import BY_RIGHT, pronounced_on
from iprof_kit.calculate.career.calculation import answer as career
from iprof_kit.calculate.career.question import CareerQuestion, Step
from iprof_kit.calculate.career.rendez_vous.question import RendezVous, RendezVousAnswer
from iprof_kit.calculate.interface.local_time import hour_text, place_of
from iprof_kit.calculate.interface.official_texts import TO_VERIFY, official_texts
from iprof_kit.calculate.mobility.dates import MovementDate, movement_dates
from iprof_kit.law.campaigns.files import known_campaigns
from iprof_kit.law.career.positions import UNKNOWN, position_code, position_name
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.standing import (
    brought_up,
    current_position,
    known_academy,
    known_department,
    late,
    meetings_foreseen,
    situation_of,
)
from iprof_kit.services.kit_messages.asked import Added, Asked, Looked
from iprof_kit.services.kit_messages.texts import Written, delays, reserve, stages, written

_AT_WORK = ("activite", "temps_partiel")
"""Positions of positions_avancement.csv of which nothing has to be said."""
_NAMES = {1: "premier", 2: "deuxième", 3: "troisième"}
_NOTICE = "calendrier"
"""Key of rendez_vous_delais.csv."""
_A_DAY = timedelta(days=1)


_ANSWER = TypeAdapter(list[Looked])
_NOTHING_ADDED = Added()
delays(), known_campaigns()  # files are read while the walls of the server are not up yet


def answer(message: bytes) -> bytes:
    """Return, in the process that holds the law, what may be said of some files, as JSON."""
    asked = Asked.model_validate_json(message)
    return _ANSWER.dump_json([*_looked(asked)])


def _looked(asked: Asked) -> Iterator[Looked]:
    """Yield each file that can be answered: one at which the law breaks is missing alone."""
    for dossier in asked.dossiers:
        try:
            yield look(dossier, asked.today, asked.added)
        except BadTable:
            raise
        except Exception:  # noqa: S112  # it is counted where it was asked
            continue


def look(dossier: Dossier, today: date, added: Added = _NOTHING_ADDED) -> Looked:
    """Return what may be said of one file.

    What the law's tables do not answer of one thing leaves the others as they are.

    Parameters
    ----------
    dossier : Dossier
        As it is stored.
    today : date
        In Paris.
    added : Added
        The campaigns of this installation.
    """
    again = [today + timedelta(days=delays().relecture_jours), rentree_day(school_year(today) + 1)]
    messages: list[Written] = []
    for part in (_echelon, _meetings, _movements, partial(_deadlines, added)):
        try:
            messages += part(dossier, today, again)
        except BadTable:  # nobody can be answered: it is not this file's fault
            raise
        except KitError:
            continue
    ahead = [day for day in again if day > today]
    return Looked(numero=dossier.numero, messages=messages, again_on=min(ahead))


def _echelon(dossier: Dossier, today: date, again: list[date]) -> Iterator[Written]:
    """Yield the next échelon by right, where it comes soon; else say when to look again."""
    before = timedelta(days=delays().echelon_jours_avant)
    shown = brought_up(dossier, today)
    situation = situation_of(dossier, today)
    if situation is None:
        return
    until = max(again) + before
    asked = CareerQuestion(situation=situation, aujourdhui=today, jusqu_au=until)
    ahead = (s for s in career(asked).scenarios[0].etapes if s.nature in BY_RIGHT)
    step = next((s for s in ahead if pronounced_on(s) > today), None)
    if step is None:
        return
    again.append(pronounced_on(step) - before)
    if pronounced_on(step) - before > today:
        return
    again.append(pronounced_on(step) + _A_DAY)
    sourced = career(asked.model_copy(update={"textes": True})).scenarios[0].etapes
    step = next(s for s in sourced if pronounced_on(s) > today and s.nature in BY_RIGHT)
    yield _of_step(dossier, shown, step, today)


def _of_step(dossier: Dossier, shown: Dossier, step: Step, today: date) -> Written:
    where = position_label(step.grade, step.echelon, step.chevron)
    reserves = [*_late(dossier, shown, today), *_reserves(dossier, today)]
    if "date" in step.a_verifier:
        reserves.append(reserve("a_verifier"))
    fields = {
        **_copy(dossier, [one.texte for one in step.textes], reserves),
        "lieu": where[:1].upper() + where[1:],
        "le_lieu": the_place(step.grade, step.echelon, step.chevron),
        "jour": date_text(pronounced_on(step)),
        "indice": str(step.indice_majore),
    }
    key = f"echelon.{step.corps}.{step.grade}.{step.echelon}.{step.chevron or ''}"
    return written("echelon", key, fields)


def _meetings(dossier: Dossier, today: date, again: list[date]) -> Iterator[Written]:
    """Yield the rendez-vous de carrière of this school year, where one is foreseen."""
    del again  # another comes with another school year
    answered = meetings_foreseen(dossier, today)
    for one in answered.rendez_vous if answered else ():
        if answered and one.etat == "cette_annee" and not one.deja_tenu:
            yield _of_meeting(dossier, one, answered, today)


def _of_meeting(
    dossier: Dossier, one: RendezVous, answered: RendezVousAnswer, today: date
) -> Written:
    notice = next((delay for delay in answered.delais if delay.cle == _NOTICE), None)
    doubtful = [reserve("a_verifier")] if notice and notice.a_verifier else []
    ordinal = _NAMES.get(one.numero, str(one.numero))
    fields = {
        **_copy(
            dossier,
            [source.texte for source in one.sources],
            [*_reserves(dossier, today), *doubtful],
        ),
        "ordinal": ordinal,
        "annee": one.annee_scolaire,
        "au_lieu": at_echelon(one.echelon),
        "du": date_text(one.promu_du),
        "au": date_text(one.promu_au),
        "delai": f"Elle en notifie la date {notice.delai} avant, au moins." if notice else "",
    }
    return written("rendez_vous", f"rendez-vous.{one.numero}.{one.annee_scolaire}", fields)


def _movements(dossier: Dossier, today: date, again: list[date]) -> Iterator[Written]:
    """Yield the campaigns that are open, and those that closed lately."""
    if not dossier.corps:
        return
    since = today - timedelta(days=delays().mouvement_clos_jours_apres)
    known = movement_dates(dossier.corps, dossier.departement, dossier.academie, since)
    for one in known.dates:
        opens, closes = one.opens, one.closes
        if opens is None or closes is None or one.key.split(".")[3] not in stages():
            continue
        again += [opens, closes + _A_DAY]
        if opens <= today:
            yield _of_movement(dossier, one, opens, closes, today)


def _of_movement(
    dossier: Dossier, one: MovementDate, opens: date, closes: date, today: date
) -> Written:
    kind = "mouvement_ouvert" if today <= closes else "mouvement_clos"
    hour = f", {hour_text(closes, one.hour, place_of(dossier.departement))}" if one.hour else ""
    fields = {
        **_copy(dossier, [one.source], [reserve("a_verifier")] if one.to_verify else []),
        "phase": one.phase,
        "etape": one.step[:1].lower() + one.step[1:],
        "debut": date_text(opens),
        "fin": date_text(closes),
        "heure": hour,
    }
    return written(kind, f"{kind}.{one.key}"[:120], fields)


def _deadlines(added: Added, dossier: Dossier, today: date, again: list[date]) -> Iterator[Written]:
    """Yield the acts of a campaign that end within seven days, then within two."""
    if not dossier.corps:
        return
    midnight = datetime.combine(today, time(), PARIS)
    asked = CampagnesQuestion(
        corps=dossier.corps,
        instant=midnight,
        departement=known_department(dossier),
        academie=known_academy(dossier),
        ajoutees=added.files,
        incidents=tuple(Incident(**one.model_dump()) for one in added.incidents),
    )
    known = campaigns(asked).campagnes
    for campaign in known:
        for step in campaign.awaited:
            again += [step.au - timedelta(days=one) for one in DAYS_BEFORE if step.au]
    for days, campaign, step in soon(known, midnight):
        yield _of_deadline(dossier, campaign, step, days)


def _of_deadline(dossier: Dossier, campaign: CampagneVue, step: EtapeVue, days: int) -> Written:
    end = step.au or date.max
    here = place_of(dossier.departement)
    hour = f", {hour_text(end, step.heure_au, here)}" if step.heure_au else ""
    left = counted(days, "jour") if days else "moins d’un jour"
    reserves = [reserve("a_verifier")] if step.a_verifier else []
    fields = {
        **_copy(dossier, [step.source], reserves),
        "campagne": f"{campaign.titre} {campaign.annee}",
        "etape": step.titre[:1].lower() + step.titre[1:],
        "acte": step.acte[:1].lower() + step.acte[1:],
        "ou": step.ou,
        "jour": date_text(end),
        "heure": hour,
        "reste": left,
        "reste_phrase": f"Il reste {left}.",
        "sans": f"Sinon, {step.sans}." if step.sans else "",
    }
    nearest = min(one for one in DAYS_BEFORE if days <= one)
    key = f"rappel{nearest}.{campaign.id}.{step.etape}.{end}"
    message = written("echeance", key, fields)
    return message.model_copy(update={"step": f"{campaign.id}.{step.etape}"})


def _copy(dossier: Dossier, sources: list[str], reserves: list[str]) -> dict[str, str]:
    """Return from what a message is deduced: the copy, its day, the first official text."""
    named = (text for source in sources for text in official_texts(source))
    return {
        "copie": date_text(dossier.lu_le),
        "base": dossier.source,
        "texte_officiel": next(named, f"texte officiel {TO_VERIFY}"),
        "reserves": " ".join(reserves),
    }


def _late(dossier: Dossier, shown: Dossier, today: date) -> Iterator[str]:
    lacks = late(dossier, shown, today)
    if lacks is not None:
        last = lacks.recorded
        place = at_place(position_label(last.grade, last.echelon, last.chevron))
        yield reserve("en_retard", au_lieu=place, jour=date_text(last.date_effet))


def _reserves(dossier: Dossier, today: date) -> Iterator[str]:
    """Yield why a copy may mislead: it is old, or its position is not that of somebody at work."""
    months = delays().copie_ancienne_mois
    if add_months_civil(dossier.lu_le, months) < today:
        yield reserve("ancienne", mois=str(months))
    position = current_position(dossier, today)
    if position is None:
        yield reserve("sans_position")
        return
    code = position_code(position.position, position.motif)
    if code == UNKNOWN or position_name(code) not in _AT_WORK:
        yield reserve("position", position=position.position)
