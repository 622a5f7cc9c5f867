"""The board of a campaign: what the people whom a case manager follows have sent her for it.

It reads `campaign_sendings` and threads alone: neither carnets nor notes, which are the person's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import counted, feminine
from iprof_kit.calculate.interface.bounds import longest
from iprof_kit.law.campaigns.model import Campaign, Incident, places_of
from iprof_kit.law.campaigns.moments import Received, concerning, moved, received
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case
from iprof_kit.records.database import writing
from iprof_kit.records.movements.campaigns import CampaignSending
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import Reach, reach_of
from iprof_kit.services.campaigns.given import incidents
from iprof_kit.services.campaigns.giving import campaigns_here
from iprof_kit.services.cases.acting import number_of
from iprof_kit.services.cases.life import SERVICE, states
from iprof_kit.services.contract.bureau.campagnes import (
    CampagneEnBref,
    CampagnesGerees,
    EnvoiGere,
    Groupe,
    LireCampagnes,
    Regle,
)
from iprof_kit.services.contract.courrier import ON_A_PAGE
from iprof_kit.services.desk.noting import note_list

_STATES: Mapping[Groupe, str] = {
    "demandees": "piece_demandee",
    "recevables": "recevable",
    "irrecevables": "irrecevable",
}
GROUPS: tuple[Groupe, ...] = (
    "tous",
    "a_voir",
    "manque",
    "annoncees",
    "tard",
    "demandees",
    "recevables",
    "irrecevables",
)


@dataclass(frozen=True)
class Sent:
    """What one person has sent for a campaign, beside the dates of her own places."""

    row: CampaignSending
    case: Case
    agent: Agent
    campaign: Campaign

    @cached_property
    def received(self) -> Received:
        """How it stands, by the state table and the dates."""
        came = {key: datetime.fromisoformat(at) for key, at in self.row.papers.items()}
        return received(self.campaign, came)

    @property
    def person(self) -> str:
        """The name of the person."""
        return f"{self.agent.prenom} {self.agent.nom}"

    @property
    def groups(self) -> frozenset[Groupe]:
        """The groups of the board that hold her."""
        state, is_it = self.case.state, self.received
        names: dict[Groupe, bool] = {
            "tous": True,
            "a_voir": states()[state].waits_for == SERVICE,
            "manque": bool(is_it.missing),
            "annoncees": bool(self.row.announced),
            "tard": bool(is_it.late),
            **{name: state == code for name, code in _STATES.items()},
        }
        return frozenset(name for name, inside in names.items() if inside)


def read(identity: Identity, wanted: LireCampagnes, now: datetime) -> CampagnesGerees:
    """Return the campaigns of whom she follows today, and a page of what was sent for one.

    No thread is opened here: the line of the journal is about nobody alone.

    Raises
    ------
    InputError
        The campaign is not known.
    """
    today = paris(now).date()
    with writing() as session:
        reach = reach_of(session, identity, today)
        brief = list(_in_brief(session, reach, today))
        first = next((one.id for one in brief if one.envois), brief[0].id if brief else "")
        chosen = wanted.campagne or first
        if not chosen:
            note_list(session, identity, now, "bureau_campagnes_lues", "aucune campagne")
            return CampagnesGerees()
        campaign = campaign_named(chosen)
        everybody = list(sent_for(session, reach, campaign, now))
        inside = [one for one in everybody if wanted.groupe in one.groups]
        page = inside[wanted.page * ON_A_PAGE :][:ON_A_PAGE]
        read = f"{chosen}, {counted(len(page), 'envoi')}"
        note_list(session, identity, now, "bureau_campagnes_lues", read)
        counts = Counter(name for one in everybody for name in one.groups)
        return CampagnesGerees(
            campagnes=brief,
            campagne=chosen,
            groupe=wanted.groupe,
            comptes={name: counts[name] for name in GROUPS},
            gens=[_line(one) for one in page],
            regle=_rule(campaign, everybody, incidents(session), now),
        )


def campaign_named(name: str) -> Campaign:
    """Return a campaign that is known here.

    Raises
    ------
    InputError
        There is none of this name.
    """
    campaign = campaigns_here().get(name)
    if campaign is None:
        raise InputError("cette campagne n’est pas connue.", remedy="Rechargez la page.")
    return campaign


def sent_for(session: Session, reach: Reach, campaign: Campaign, now: datetime) -> Iterator[Sent]:
    """Yield what was sent for a campaign to whom answers it, who has waited longest first.

    A thread that was passed is on the board of the service that it was passed to, and no other.

    Of somebody who has closed a thread and begun another, the last one.
    """
    noted = incidents(session)
    query = (
        select(CampaignSending, Case, Agent)
        .join(Case, Case.id == CampaignSending.case_id)
        .join(Agent, Agent.numero == CampaignSending.numero)
        .where(CampaignSending.campaign == campaign.id, reach.queue())
        .order_by(CampaignSending.id)
    )
    last = {agent.numero: (row, case, agent) for row, case, agent in session.execute(query)}
    own: dict[tuple[str, str], Campaign] = {}
    for row, case, agent in sorted(last.values(), key=lambda one: (one[1].since, one[1].id)):
        place = (agent.departement or "", agent.academie)
        if place not in own:
            own[place] = moved(concerning(campaign, places_of(*place)), noted, now)
        yield Sent(row, case, agent, own[place])


def _in_brief(session: Session, reach: Reach, today: date) -> Iterator[CampagneEnBref]:
    """Yield the campaigns of the corps that she follows, those of the coming rentrée first."""
    by_corps = dict(
        session.execute(
            select(Agent.corps, func.count(Agent.id)).where(reach.people()).group_by(Agent.corps)
        ).all()
    )
    sent = dict(
        session.execute(
            select(CampaignSending.campaign, func.count(func.distinct(CampaignSending.numero)))
            .join(Case, Case.id == CampaignSending.case_id)
            .join(Agent, Agent.numero == CampaignSending.numero)
            .where(reach.queue())
            .group_by(CampaignSending.campaign)
        ).all()
    )
    known = sorted(campaigns_here().values(), key=lambda one: (-one.year, one.id))
    for campaign in known:
        concerned = sum(by_corps.get(corps, 0) for corps in campaign.service.corps)
        over = today > rentree_day(campaign.year) + timedelta(days=longest("campagne_close_jours"))
        if campaign.id in sent or (concerned and campaign.service.papers and not over):
            yield CampagneEnBref(
                id=campaign.id,
                titre=campaign.service.title,
                annee=campaign.year,
                suivies=concerned,
                envois=sent.get(campaign.id, 0),
            )


def titles_of(campaign: Campaign, keys: Iterable[str]) -> list[str]:
    """Return papers as the list of the campaign calls them, in its order."""
    wanted = set(keys)
    return [one.title for one in campaign.service.papers if one.key in wanted]


def _line(one: Sent) -> EnvoiGere:
    stands, case, agent = one.received, one.case, one.agent
    corps = agent.libelle_corps or agent.statut or ""
    return EnvoiGere(
        fil=case.name,
        numero=number_of(case),
        personne=one.person,
        corps=feminine(corps) if agent.civilite == "Madame" else corps,
        etat=case.state,
        libelle=states()[case.state].label,
        depuis=case.since,
        recu_le=case.opened_at,
        pieces=titles_of(one.campaign, one.row.papers),
        manquent=titles_of(one.campaign, (paper.key for paper in stands.missing)),
        annoncees=titles_of(one.campaign, one.row.announced),
        tard=titles_of(one.campaign, (paper.key for paper in stands.late)),
        etapes=[one.campaign.service.step(key).title for key in one.row.steps],
        cloture=stands.window.closes if stands.window else None,
    )


def _rule(
    campaign: Campaign, everybody: Sequence[Sent], noted: Iterable[Incident], now: datetime
) -> Regle:
    """Return the step that receives papers, by the dates of whoever has sent, else national."""
    own = everybody[0].campaign if everybody else moved(concerning(campaign), noted, now)
    key = campaign.service.papers_step
    if not key:
        return Regle()
    step, window = campaign.service.step(key), received(own, {}).window
    known = Regle(etape=step.title, sans=step.missed)
    if window is None:
        return known
    return known.model_copy(
        update={
            "cloture": window.closes,
            "a_l_heure": window.to_the_hour,
            "source": window.source.text,
            "a_verifier": to_verify(window.source.confidence),
        }
    )
