"""One tableau or list: conditions, what to verify, steps, opinions, result, appeals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from iprof_kit.calculate import ask
from iprof_kit.calculate.campaigns.question import Avancement, CampagneVue, Verification
from iprof_kit.calculate.interface.local_time import LocalClock
from iprof_kit.calculate.requests.question import DemandeAnswer
from iprof_kit.services.contract.campagnes import NoteLue
from iprof_kit.ui.screens.avancement.opinions import Opinions
from iprof_kit.ui.screens.avancement.standing import Standing
from iprof_kit.ui.screens.avancement.viviers import Replay
from iprof_kit.ui.screens.demandes.view import path_of
from iprof_kit.ui.screens.services.campaign import CampaignView, campaign_view
from iprof_kit.ui.screens.services.listing import Result, next_date
from iprof_kit.ui.screens.services.reading import Campaigns
from iprof_kit.ui.shared import text
from iprof_kit.ui.visit.visiting import Visit

PUBLISHED = "publication"
"""The step of the request of appeal from which its delays run."""


@dataclass(frozen=True)
class Appeal:
    """One appeal that still runs, or ran: its last day, where the result is noted."""

    title: str
    until: str
    late: bool = False


@dataclass(frozen=True)
class PromotionView(CampaignView):
    """The page of one tableau or list."""

    standing: Standing | None = None
    checks: tuple[Verification, ...] = ()
    published: str = ""
    opinions: Opinions | None = None
    replay: Replay | None = None
    deadlines: tuple[Appeal, ...] = ()
    refused: bool = False
    letters: str = ""
    letter: str = ""
    guide: str = ""


def promotion_view(
    campaign: CampagneVue,
    read: Campaigns,
    visit: Visit,
    here: LocalClock | None,
    *,
    standing: Standing,
    opinions: Opinions,
    replayed: Replay | None,
) -> PromotionView:
    """Return the page of a tableau or of a list at the moment of the server."""
    base = campaign_view(campaign, read, visit, here)
    shown = {one.name: getattr(base, one.name) for one in fields(base)}
    promotion = campaign.avancement
    if promotion is None:
        return PromotionView(**shown)
    result = last_result(campaign, read)
    refused = result is not None and is_refused(result, promotion)
    strong, rest = _sentence(campaign, promotion, replayed)
    shown |= {
        "lead_strong": strong,
        "lead": rest,
        "results": tuple(_results(campaign, read, standing, replayed)),
        "outcomes": promotion.issues,
        "sources": (*base.sources, *standing.sources),
    }
    return PromotionView(
        **shown,
        standing=standing,
        checks=promotion.verifier,
        published=promotion.publie,
        opinions=opinions,
        replay=replayed,
        deadlines=tuple(_appeals(promotion, result, visit.who().aujourdhui)) if refused else (),
        refused=refused,
        letters=path_of(promotion.recours),
        letter=path_of(promotion.lettre) if promotion.lettre else _cv_letter(promotion),
        guide=promotion.guide,
    )


def last_result(campaign: CampagneVue, read: Campaigns) -> NoteLue | None:
    """Return the last result that she noted of a campaign."""
    notes = [one for one in read.notes_of(campaign.id) if one.nature == "resultat"]
    return notes[-1] if notes else None


def is_refused(result: NoteLue, promotion: Avancement) -> bool:
    """Tell whether a result is another one than the favourable outcome, which comes first."""
    return not result.texte.startswith(promotion.issues[0])


def _cv_letter(promotion: Avancement) -> str:
    own = "/cv/edition/lettre"
    return own if any(one.adresse == own for one in promotion.verifier) else ""


def _sentence(
    campaign: CampagneVue, promotion: Avancement, replayed: Replay | None
) -> tuple[str, str]:
    if replayed is not None:
        answer = replayed.answer
        return (answer.phrase, "") if answer else (replayed.trouble, "")
    if promotion.sans_acte:
        return text.french(f"{promotion.sans_acte}."), text.french(
            "Votre situation est examinée d’office si vous en remplissez les conditions."
        )
    ahead = next((one for one in campaign.awaited if one.etat == "ouverte" and one.au), None)
    if ahead and ahead.au:
        return text.french(f"{ahead.acte} d’ici au {text.day(ahead.au)}."), text.french(
            f"Sinon, {ahead.sans}." if ahead.sans else ""
        )
    if campaign.etat == "close":
        return f"Cette campagne de la rentrée {campaign.annee} est close.", ""
    return "Une candidature est nécessaire.", text.french(_dates(campaign))


def _dates(campaign: CampagneVue) -> str:
    if campaign.verifier_maintenant:
        place = campaign.application or "votre DSDEN"
        return f"Vérifiez maintenant ses dates ({place}) : ce kit n’en connaît pas."
    return text.sentence(campaign.note or campaign.coutume)


def _results(
    campaign: CampagneVue, read: Campaigns, standing: Standing, replayed: Replay | None
) -> Iterator[Result]:
    if replayed is not None and replayed.answer:
        yield Result("Années de fonctions", replayed.years)
        yield Result("Examen", replayed.examined)
    elif replayed is None:
        yield Result("Vos conditions", standing.short)
        day, what, _ = next_date(campaign, read)
        yield Result("Prochaine date", text.french(day), text.french(what))
    else:
        yield Result("Années de fonctions", "à compter", "choisissez votre échelon d’alors")
    noted = last_result(campaign, read)
    yield Result("Résultat noté", noted.texte.partition(" : ")[0] if noted else "pas encore")


def _appeals(promotion: Avancement, result: NoteLue | None, today: date) -> Iterator[Appeal]:
    """Yield the last day of each appeal, counted from the day noted by its own texts."""
    if result is None or result.le is None:
        return
    question = {
        "demande": promotion.recours,
        "aujourdhui": today,
        "dates": {PUBLISHED: result.le},
        "statut": "titulaire",
    }
    answer: DemandeAnswer = ask("demande", question)  # type: ignore[assignment]
    for step in answer.etapes:
        if step.genre == "acte" and step.avant_le:
            late = step.avant_le < today
            when = f"{'le délai a pris fin le' if late else 'jusqu’au'} {text.day(step.avant_le)}"
            yield Appeal(step.titre, when, late)
