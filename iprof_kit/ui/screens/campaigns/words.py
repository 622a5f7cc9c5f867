"""Dates and moments of campaigns in French: hours in Paris, and where the person is."""

from __future__ import annotations

from datetime import datetime, timedelta

from iprof_kit.base.clock import paris
from iprof_kit.calculate.campaigns.question import CampagneVue, Changement, EtapeVue, Etat, Habitude
from iprof_kit.calculate.campaigns.reminders import soon
from iprof_kit.calculate.interface.local_time import LocalClock, hour_text
from iprof_kit.ui.kit.filters import plural
from iprof_kit.ui.screens.campaigns.reading import Campaigns
from iprof_kit.ui.shared import text

STATES: dict[Etat, str] = {
    "ouverte": "ouverte",
    "a_venir": "à venir",
    "inconnue": "dates inconnues",
    "close": "close",
}
NOW = "vérifiez maintenant"


def span(step: EtapeVue) -> str:
    """Return « du 5 au 26 novembre 2025 », « jusqu’au 11 décembre 2025 », or the only day."""
    first, last = step.du, step.au
    if first and last and first != last:
        head = text.day(first)
        if first.year == last.year:
            head = head.removesuffix(f" {first.year}")
            if first.month == last.month:
                head = head.partition(" ")[0]
        return f"du {head} au {text.day(last)}"
    if first:
        return text.day(first)
    return f"jusqu’au {text.day(last)}" if last else ""


def weeks(usual: Habitude) -> str:
    """Return « du 5 au 29 novembre, campagnes 2024 à 2026 »: what past years did, no announcement.

    Of one campaign alone the year is that of the days: a session of 2025 is opened in 2024.
    """
    first, last = usual.du, usual.au
    head, tail = text.day(first).rpartition(" ")[0], text.day(last).rpartition(" ")[0]
    if (first.month, first.year) == (last.month, last.year):
        head = head.partition(" ")[0]
    when = f"le {tail}" if first == last else f"du {head} au {tail}"
    years = usual.annees
    lived = "-".join(dict.fromkeys(map(str, usual.vecues)))
    seen = f"en {lived}" if len(years) == 1 else f"campagnes {years[0]} à {years[-1]}"
    return f"{when}, {'ailleurs, ' if usual.ailleurs else ''}{seen}"


def end_hour(step: EtapeVue, here: LocalClock | None) -> str:
    """Return the hour of the end where it is known; overseas, that of the end of a Paris day."""
    if step.au is None:
        return ""
    if step.heure_au:
        return hour_text(step.au, step.heure_au, here)
    if here is None or step.fermeture is None:
        return ""
    there = step.fermeture.astimezone(here.zone)
    when = "" if there.date() == step.au else f" le {text.day(there.date())}"
    return f"fin du jour à Paris, {there.hour}{text.NBSP}h{when} {here.name}"


def last_day(step: EtapeVue, here: LocalClock | None = None) -> str:
    """Return the last day of a step with its hour where it is known: a day alone is too long."""
    if step.au is None:
        return ""
    hour = end_hour(step, here) if step.heure_au else ""
    return ", ".join(part for part in (text.day(step.au), hour) if part)


def whole(step: EtapeVue, here: LocalClock | None = None) -> str:
    """Return the dates of a step with its hour; the weeks of past years where none is known."""
    known = span(step)
    if not known:
        return weeks(step.habitude) if step.habitude else "date inconnue de ce kit"
    return ", ".join(part for part in (known, end_hour(step, here)) if part)


def moved_words(step: EtapeVue) -> str:
    """Return what moved the end of a step: why, until when it was, by whom, when it was noted."""
    if not step.deplacee or step.deplacee_le is None:
        return ""
    head = "Déplacement retiré" if step.deplacee_retiree else "Échéance déplacée"
    was = ""
    if step.publiee_au and not step.deplacee_retiree:
        hour = hour_text(step.publiee_au, step.publiee_heure) if step.publiee_heure else ""
        was = f" ; était le {', '.join(p for p in (text.day(step.publiee_au), hour) if p)}"
    author = step.deplacee_par
    by = f" par {author}" if author and not author.startswith("iprof ") else ""
    return f"{head} : {step.deplacee}{was} (noté le {text.moment(step.deplacee_le)}{by})"


def still(change: Changement) -> str:
    """Return « oui, jusqu’au 28 janvier 2026 », « non, depuis… », or that no date tells."""
    if change.moment is None:
        return "aucune date connue"
    when = paris(change.moment)
    if not change.a_l_heure:
        day = text.day((when - timedelta(minutes=1)).date())
        return f"oui, jusqu’au {day}" if change.reponse == "oui" else f"non, depuis le {day}"
    moment = f"{text.day(when.date())}, {when.hour}{text.NBSP}h"
    if when.minute:
        moment += f"{text.NBSP}{when.minute:02d}"
    return f"oui, jusqu’au {moment}" if change.reponse == "oui" else f"non, depuis le {moment}"


def left(step: EtapeVue, at: datetime) -> str:
    """Return « 13 jours », « dernier jour »."""
    if step.au is None:
        return ""
    days = (step.au - paris(at).date()).days
    return plural(days, "jour") if days > 0 else "dernier jour"


def next_date(campaign: CampagneVue, read: Campaigns) -> tuple[str, str, bool]:
    """Return the next date of a campaign, what it is, and whether it is near."""
    ahead = campaign.awaited or campaign.deadlines
    if ahead:
        step = ahead[0]
        near = any(one.id == campaign.id for _, one, _ in soon((campaign,), read.at))
        return text.day(step.au) if step.au else "", step.titre.lower(), near
    coming = [e for e in campaign.etapes if e.etat == "a_venir"]
    if coming:
        return span(coming[0]), coming[0].titre.lower(), False
    if campaign.etat == "inconnue":
        acts = [e for e in campaign.etapes if e.acte]
        act = next((e for e in acts if not e.facultatif), (acts or campaign.etapes)[0])
        usual = weeks(act.habitude) if act.habitude else campaign.coutume
        return (NOW if campaign.verifier_maintenant else "date inconnue"), usual, False
    past = [e for e in campaign.etapes if e.etat == "close"]
    if past:
        return span(past[-1]), past[-1].titre.lower(), False
    return "date inconnue", "", False
