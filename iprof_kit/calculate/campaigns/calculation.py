"""The campaigns of a person at a moment: those of the kit, those that her academy gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from iprof_kit.base.calendar import school_year
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.base.sources import to_verify
from iprof_kit.calculate.campaigns.question import (
    AccuseVu,
    Avancement,
    BorneVoeux,
    CampagnesAnswer,
    CampagnesQuestion,
    CampagneVue,
    Candidature,
    Changement,
    EtapeVue,
    Etat,
    Habitude,
    LigneAccuse,
    Marche,
    NatureVoeu,
    PieceVoulue,
    Recours,
    Verification,
    VoeuxVus,
)
from iprof_kit.calculate.campaigns.question import Incident as Told
from iprof_kit.calculate.interface.papers import citation
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.law.campaigns.files import campaign_of, known_campaigns
from iprof_kit.law.campaigns.model import (
    Campaign,
    Incident,
    Promotion,
    Service,
    Stair,
    Step,
    WishLimit,
    places_of,
)
from iprof_kit.law.campaigns.moments import (
    concerning,
    moved,
    state_of,
    still_possible,
    usual,
    window_of,
)
from iprof_kit.law.campaigns.whole import campaign_state
from iprof_kit.law.requests.delays import delay_of
from iprof_kit.law.tables.sentences import on_day


def wishes_of(service: Service, places: Sequence[str]) -> VoeuxVus | None:
    """Return the wishes of a service with the limit of a person's places; None without wishes.

    Examples
    --------
    >>> from iprof_kit.law.campaigns.files import services
    >>> wishes = wishes_of(services()["intra_departemental_1d"], ("83", "Nice"))
    >>> wishes.borne.au_plus, wishes.borne.campagne
    (40, 2024)
    """
    wishes = service.wishes
    if wishes is None:
        return None
    own = next((one for one in wishes.limits if one.scope in places), None)
    return VoeuxVus(
        jusqu_a=wishes.until,
        natures=tuple(NatureVoeu(nature=key, titre=title) for key, title in wishes.kinds),
        borne=_limit(own) if own else None,
        source=wishes.source.text,
    )


def acknowledgements_of(service: Service) -> Iterable[AccuseVu]:
    """Yield what the administration shows of a request, in order."""
    for one in service.acknowledgements:
        yield AccuseVu(
            accuse=one.key,
            titre=one.title,
            etape=one.step,
            contestation=one.contest,
            bareme=one.scored,
        )


def lines_of(service: Service) -> Iterable[LigneAccuse]:
    """Yield the lines that an acknowledgement may show."""
    for one in service.lines:
        yield LigneAccuse(ligne=one.key, titre=one.title)


def _limit(own: WishLimit) -> BorneVoeux:
    return BorneVoeux(
        campagne=own.year,
        au_plus=own.most,
        obligatoires_au_moins=own.compelled,
        nature_obligatoire=own.compelled_kind,
        source=citation(own.source.text),
        a_verifier=to_verify(own.source.confidence),
    )


def campaigns(question: CampagnesQuestion) -> CampagnesAnswer:
    """Return the campaigns of a corps for one rentrée, as they are at a moment.

    Examples
    --------
    >>> from datetime import datetime
    >>> from iprof_kit.base.clock import PARIS
    >>> noon = datetime(2025, 11, 26, 11, 59, tzinfo=PARIS)
    >>> answer = campaigns(CampagnesQuestion(corps="pe", instant=noon))
    >>> [(one.titre, one.etat) for one in answer.campagnes][:1]
    [('Mouvement interdépartemental', 'ouverte')]
    """
    places = places_of(question.departement, question.academie)
    year = question.annee or coming_rentree(question.instant)
    own = known_to(question)
    of_year = [one for one in own if one.year == year]
    shown = [_view(one, question, own, places) for one in of_year]
    return CampagnesAnswer(
        annee=year,
        campagnes=tuple(sorted(shown, key=_rank)),
        annees=tuple(sorted({one.year for one in own}, reverse=True)),
    )


def coming_rentree(at: datetime) -> int:
    """Return the year of the next rentrée: that of 1 September after the school year of a moment.

    Examples
    --------
    >>> from datetime import datetime
    >>> from iprof_kit.base.clock import PARIS
    >>> coming_rentree(datetime(2026, 8, 31, 23, 59, tzinfo=PARIS))
    2026
    >>> coming_rentree(datetime(2026, 9, 1, tzinfo=PARIS))
    2027
    """
    return school_year(paris(at).date()) + 1


def known_to(question: CampagnesQuestion) -> tuple[Campaign, ...]:
    """Return the campaigns of a corps, and the sessions of the competitions that are prepared.

    What an academy gave stands in the place of the kit's.
    """
    every = (*known_campaigns(), *_given(question.ajoutees))
    by_id = {one.id: one for one in every}
    return tuple(one for one in by_id.values() if _concerns(one.service, question))


def _given(contents: Sequence[dict[str, Any]]) -> Iterator[Campaign]:
    """Yield the campaigns that an academy gave; one that another program wrote may be none."""
    for rank, content in enumerate(contents):
        try:
            yield campaign_of(content, given=True)
        except (KeyError, ValueError) as error:
            raise InputError(
                "ce n’est pas une campagne.",
                where=f"ajoutees.{rank}",
                remedy="Donnez le contenu d’un fichier que « iprof campagne » accepte.",
            ) from error


def _concerns(service: Service, question: CampagnesQuestion) -> bool:
    """Tell whether a service is for a corps or a competition, and for the grade that is given."""
    prepared = set(service.competitions) & set(question.concours)
    grades = service.promotion.grades if service.promotion else ()
    grade_is_seen = not (grades and question.grade) or question.grade in grades
    return bool(prepared) or (question.corps in service.corps and grade_is_seen)


_NAMED_IN = ("parametres_mobilite",)
"""Where the quantities that a service names are read."""
_ORDER: dict[Etat, int] = {"ouverte": 0, "a_venir": 1, "inconnue": 2, "close": 3}


def _rank(one: CampagneVue) -> tuple[object, ...]:
    first = next(iter(one.deadlines), None)
    weeks = [e.habitude.du for e in one.etapes if e.habitude]
    last = datetime.max.replace(tzinfo=None).isoformat()
    soon = first.fermeture.isoformat() if first and first.fermeture else last
    return _ORDER[one.etat], soon, min(weeks).isoformat() if weeks else last, one.titre


def _view(
    campaign: Campaign,
    question: CampagnesQuestion,
    all_known: Iterable[Campaign],
    places: Sequence[str],
) -> CampagneVue:
    at, service = question.instant, campaign.service
    own = moved(concerning(campaign, places), map(incident_of, question.incidents), at)
    steps = tuple(step_view(own, step, at, all_known, places) for step in service.steps)
    state = campaign_state(own, at)
    return CampagneVue(
        id=own.id,
        service=service.id,
        concours=service.competitions,
        titre=service.title,
        annee=own.year,
        adresse=service.address,
        etat=state,
        application=service.application,
        site=service.site,
        decide_par=service.decides,
        etapes=steps,
        marches=tuple(_stair(stair, steps) for stair in service.stairs),
        changements=tuple(_change(own, at)),
        pieces=tuple(_papers(service)),
        pieces_source=service.papers_source.text,
        recours=tuple(_appeals(service, paris(at).date())),
        demande_recours=service.appeal_request,
        voeux=wishes_of(service, places),
        accuses=tuple(acknowledgements_of(service)),
        lignes=tuple(lines_of(service)),
        lignes_source=service.lines_source.text,
        issue=service.outcome.key,
        candidature=_candidacy(service, at),
        coutume=service.custom,
        note=_unknown(own, at),
        verifier_maintenant=state == "inconnue" and _begun(steps, at),
        donnee=own.given and bool(own.windows),
        source=citation(service.source.text),
        avancement=_promotion(service.promotion) if service.promotion else None,
    )


def _promotion(one: Promotion) -> Avancement:
    return Avancement(
        de=one.grades,
        grade=one.grade,
        parcours=one.path,
        viviers=one.by_viviers,
        sans_acte=one.no_act,
        publie=one.published,
        issues=tuple(one.outcomes),
        verifier=tuple(
            Verification(quoi=check.what, adresse=check.address) for check in one.checks
        ),
        guide=one.guide,
        recours=one.appeal,
        lettre=one.letter,
    )


def incident_of(one: Told) -> Incident:
    """Return a deadline that was moved, as the law reads it."""
    return Incident(
        one.campagne, one.etape, one.jusqu_au, one.motif, one.note_le, one.portee, one.par
    )


def step_view(
    campaign: Campaign,
    step: Step,
    at: datetime,
    all_known: Iterable[Campaign],
    places: Sequence[str],
) -> EtapeVue:
    """Return a step at a moment: its dates, or the weeks of past years where none is known."""
    own = window_of(campaign, step.key)
    plain = EtapeVue(
        etape=step.key,
        titre=step.title,
        acte=step.act,
        ou=step.place,
        sans=step.missed,
        facultatif=step.optional,
        etat=state_of(campaign, step, at),
        note=citation(own.note) if own else "",
    )
    if own is None or (own.opens is None and own.closes is None):
        weeks = usual(campaign.service, campaign.year, step.key, all_known, places)
        past = (
            Habitude(
                du=weeks.first,
                au=weeks.last,
                annees=weeks.years,
                vecues=weeks.lived,
                ailleurs=weeks.elsewhere,
            )
            if weeks
            else None
        )
        return plain.model_copy(update={"habitude": past})
    return plain.model_copy(
        update={
            "du": own.first,
            "au": own.last,
            "heure_du": own.first_hour,
            "heure_au": own.last_hour,
            "fermeture": own.closes,
            "portee": own.scope,
            "source": citation(own.source.text),
            "confiance": own.source.confidence,
            "a_verifier": to_verify(own.source.confidence),
            "deplacee": own.moved.reason if own.moved else "",
            "deplacee_le": own.moved.noted if own.moved else None,
            "deplacee_par": own.moved.author if own.moved else "",
            "deplacee_retiree": own.withdrawn,
            "publiee_au": own.was[0] if own.moved else None,
            "publiee_heure": own.was[1],
        }
    )


def _stair(stair: Stair, steps: Sequence[EtapeVue]) -> Marche:
    """Return a stair: open as soon as one of its steps is, done where all of them are."""
    states = [one.etat for one in steps if one.etape in stair.steps]
    known = [state for state in states if state != "inconnue"]
    state: Etat = "inconnue"
    if known:
        begun = "ouverte" in known or ("close" in known and "a_venir" in known)
        state = "ouverte" if begun else known[0]
    return Marche(titre=stair.title, etapes=stair.steps, etat=state)


def _change(campaign: Campaign, at: datetime) -> Iterable[Changement]:
    for one in still_possible(campaign, at):
        yield Changement(
            quoi=one.change.what,
            reponse=one.answer,
            moment=one.moment,
            a_l_heure=one.to_the_hour,
            condition=one.change.condition,
        )


def _papers(service: Service) -> Iterable[PieceVoulue]:
    for one in service.papers:
        yield PieceVoulue(piece=one.key, titre=one.title, criteres=one.criteria)


def _candidacy(service: Service, at: datetime) -> Candidature | None:
    own = service.candidacy
    if own is None:
        return None
    day = paris(at).date()
    return Candidature(
        voeux_au_plus=own.most,
        voeux_au_moins=own.least,
        natures=own.kinds,
        lettre=own.letter_by,
        avis=own.opinions,
        dossier=tuple(PieceVoulue(piece=one.key, titre=one.title) for one in own.checklist),
        a_savoir=tuple(on_day(one, _NAMED_IN, (), day) for one in own.facts),
        source=citation(own.source.text),
        a_verifier=to_verify(own.source.confidence),
    )


def _appeals(service: Service, today: date) -> Iterable[Recours]:
    for one in service.appeals:
        delay = delay_of(one.delay, today) if one.delay else None
        source = delay.source if delay else one.source
        yield Recours(
            quoi=one.what,
            delai=one.delay,
            duree=delay.text if delay else "",
            source=citation(source.text.split(" ; ")[0] if delay else source.text),
            a_verifier=to_verify(source.confidence),
        )


def _unknown(campaign: Campaign, at: datetime) -> str:
    undated = campaign.undated
    if undated is None:
        return ""
    past = undated.until is not None and paris(at).date() > undated.until
    return citation(undated.then if past and undated.then else undated.note)


def _begun(steps: Sequence[EtapeVue], at: datetime) -> bool:
    """Tell whether the weeks of past years have begun for an act of the person."""
    today = paris(at).date()
    return any(e.acte and e.habitude and today >= e.habitude.du for e in steps)


SUBJECT = Subject(
    name="campagnes",
    title="Les campagnes d’un corps à un moment : étapes, échéances, ce qui peut encore changer.",
    question=CampagnesQuestion,
    answer=CampagnesAnswer,
    one=campaigns,
)
