"""One tableau or list: conditions, what to verify, steps, opinions, result, appeals."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields

from iprof_kit.calculate.campaigns.question import Avancement, CampagneVue, Verification
from iprof_kit.calculate.interface.local_time import LocalClock
from iprof_kit.ui.kit.parts import Result, Why, why_of
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.avancement.opinions import Opinions
from iprof_kit.ui.screens.avancement.standing import PlaceInCampaign
from iprof_kit.ui.screens.avancement.viviers import Replay
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.screens.campaigns.appeals import last_result
from iprof_kit.ui.screens.campaigns.page import CampaignView, campaign_view
from iprof_kit.ui.screens.campaigns.reading import Campaigns
from iprof_kit.ui.screens.demandes.asking import path_of
from iprof_kit.ui.shared import text

_ANSWER = "reponse"


@dataclass(frozen=True)
class PromotionView(CampaignView):
    """The page of one tableau or list."""

    standing: PlaceInCampaign | None = None
    checks: tuple[Verification, ...] = ()
    published: str = ""
    opinions: Opinions | None = None
    replay: Replay | None = None
    letter: str = ""
    guide: str = ""
    asks: str = ""
    """What the reason of the answer is asked by; "" where there is none."""
    why: Why | None = None


def promotion_view(
    campaign: CampagneVue,
    read: Campaigns,
    visit: Visit,
    here: LocalClock | None,
    *,
    standing: PlaceInCampaign,
    opinions: Opinions,
    replayed: Replay | None,
    opened: Collection[str] = (),
) -> PromotionView:
    """Return the page of a tableau or of a list at the moment of the server."""
    base = campaign_view(campaign, read, visit, here, opened=opened)
    shown = {one.name: getattr(base, one.name) for one in fields(base)}
    promotion = campaign.avancement
    if promotion is None:
        return PromotionView(**shown)
    strong, rest = _sentence(campaign, promotion, replayed)
    shown |= {
        "lead_strong": strong,
        "lead": rest,
        "results": tuple(_results(campaign, read, standing, replayed)),
        "sources": (*base.sources, *standing.sources),
    }
    explain = replayed.explain if replayed else standing.explain
    asks = f"{campaign.id}.{_ANSWER}" if explain else ""
    reason = explain() if explain and asks in opened else None
    return PromotionView(
        **shown,
        asks=asks,
        why=why_of(reason) if reason else None,
        standing=standing,
        checks=promotion.verifier,
        published=promotion.publie,
        opinions=opinions,
        replay=replayed,
        letter=path_of(promotion.lettre) if promotion.lettre else _cv_letter(promotion),
        guide=promotion.guide,
    )


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
        return (
            f"{promotion.sans_acte}.",
            "Votre situation est examinée d’office si vous en remplissez les conditions.",
        )
    ahead = next((one for one in campaign.awaited if one.etat == "ouverte" and one.au), None)
    if ahead and ahead.au:
        return f"{ahead.acte} d’ici au {words.last_day(ahead)}.", (
            f"Sinon, {ahead.sans}." if ahead.sans else ""
        )
    if campaign.etat == "close":
        return f"Cette campagne de la rentrée {campaign.annee} est close.", ""
    return "Une candidature est nécessaire.", _dates(campaign)


def _dates(campaign: CampagneVue) -> str:
    if campaign.verifier_maintenant:
        place = campaign.application or "votre DSDEN"
        return f"Vérifiez maintenant ses dates ({place}) : ce kit n’en connaît pas."
    return text.sentence(campaign.note or campaign.coutume)


def _results(
    campaign: CampagneVue, read: Campaigns, standing: PlaceInCampaign, replayed: Replay | None
) -> Iterator[Result]:
    if replayed is not None and replayed.answer:
        yield Result("Années de fonctions", replayed.years)
        yield Result("Examen", replayed.examined)
    elif replayed is None:
        yield Result("Vos conditions", standing.short)
        day, what, _ = words.next_date(campaign, read)
        yield Result("Prochaine date", day, what)
    else:
        yield Result("Années de fonctions", "à compter", "choisissez votre échelon d’alors")
    noted = last_result(campaign, read)
    yield Result("Résultat noté", noted.texte.partition(" : ")[0] if noted else "pas encore")
