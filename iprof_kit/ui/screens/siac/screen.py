"""Les services › Concours: the list, one competition, what is noted, the RAEP file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.calculate.interface.local_time import place_of
from iprof_kit.calculate.paths import competitions as law
from iprof_kit.calculate.paths.question import PathAnswer
from iprof_kit.cv.model import Cv
from iprof_kit.services.contract.cv import CV_LIRE
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.standing import current_echelon
from iprof_kit.ui.kit.carnet import Carnet
from iprof_kit.ui.kit.fields import FieldGroup, field_groups, read_fields
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.kit.screen import Takes, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.prepared import Prepared
from iprof_kit.ui.own_situation.wishes import WishesCarnet
from iprof_kit.ui.screens.autres_parcours.fields import groups
from iprof_kit.ui.screens.autres_parcours.question import (
    described,
    from_file,
    kept_answers,
    question_for,
    with_answers,
)
from iprof_kit.ui.screens.autres_parcours.rows import path_detail
from iprof_kit.ui.screens.autres_parcours.screen import ask_paths, look_over
from iprof_kit.ui.screens.campaigns import page as pages
from iprof_kit.ui.screens.campaigns.reading import Campaigns, read_campaigns
from iprof_kit.ui.screens.campaigns.screen import CampaignScreen
from iprof_kit.ui.screens.siac import competition
from iprof_kit.ui.screens.siac.listing import SiacView, siac_view
from iprof_kit.ui.screens.siac.raep import (
    FIRST,
    PREFIX,
    Experience,
    RaepView,
    experiences_of,
    raep_pdf,
    raep_view,
)
from iprof_kit.ui.shared.counters import Counter
from iprof_kit.ui.shared.messages import Intent

ANSWER = "concours_preciser"
FOLLOW, LEAVE, PAPERS_READY = "concours_suivre", "concours_laisser", "concours_pieces"
WRITE, TAKE, FROM_CV = "raep_ecrire", "raep_pdf", "raep_depuis_cv"
_UNKNOWN = Notice("Ce concours n’est pas connu de ce kit.", "Voici ceux qui le sont.")


class Siac(CampaignScreen):
    """Competitions: their sessions are campaigns, noted as those of the movements are."""

    outcomes = competition.OUTCOMES

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._prepared = Prepared(visit)
        self._answers = WishesCarnet(visit, described)

    def page(self) -> Shown:
        """Return the list, or the competition that the address names."""
        if code := self._code():
            return "siac_concours", self._competition(code)
        unknown = self._visit.query.get("concours") or self._visit.query.get("campagne")
        return "siac", replace(self._list(), notices=(_UNKNOWN,) if unknown else ())

    def takers(self) -> Sequence[Takes]:
        """Return the carnet that is shown."""
        return (self._shown_carnet(),)

    # What is read.

    def _code(self) -> str:
        """Return the competition that the address names, by itself or by one of its sessions."""
        query = self._visit.query
        code = query.get("concours", "")
        if code in law.competitions():
            return code
        service = query.get("campagne", "").rpartition("_")[0]
        of_service = [
            one for one in law.competitions() if service and law.service_of(one) == service
        ]
        followed = [one for one in self._prepared.followed() if one in of_service]
        return next(iter((*followed, *of_service)), "")

    def _year(self) -> int | None:
        """Return the session that the address names, by itself or by its campaign."""
        session = self._visit.query.get("session", "")
        if session.isascii() and session.isdigit() and len(session) == 4:
            return int(session)
        return super()._year()

    def _read(self) -> Campaigns:
        code = self._code()
        wanted = (code,) if code else law.competitions()
        return read_campaigns(self._visit, self._year(), competitions=wanted)

    def _chosen(self, read: Campaigns) -> CampagneVue | None:
        code = self._code()
        return next((one for one in read.answer.campagnes if code in one.concours), None)

    def _question(self) -> dict[str, Any]:
        wishes = self._answers.load()
        return question_for(self._visit.dossier(), wishes, self._visit.who().aujourdhui)

    # What is shown.

    def _list(self) -> SiacView:
        today = self._visit.who().aujourdhui
        counted = from_file(self._visit.dossier(), today).counted
        overview = look_over(self._question(), ())
        answers = kept_answers(self._answers.load())
        followed = self._prepared.followed()
        view = siac_view(overview, self._campaigns(), followed, counted, answers, today)
        return replace(view, carnet=self._shown_carnet().view())

    def _competition(self, code: str) -> competition.CompetitionView:
        answer = ask_paths(
            {**self._question(), "parcours": code, "expliquer": code in self.state.opened}
        )
        path, read = answer.parcours[0], self._campaigns()
        campaign, dossier, doing = self._chosen(read), self._visit.dossier(), self.state
        here = place_of(dossier.departement)
        shown = None
        if campaign:
            shown = pages.campaign_view(campaign, read, self._visit, here, opened=self.state.opened)
        raep = self._raep(code)
        strong, lead = competition.lead_of(path, campaign, shown.result_notes if shown else ())
        corps = law.corps_of(code)
        years = law.sessions_of(code)
        session = campaign.annee if campaign else read.answer.annee
        detail = path_detail(path, answer, _standing(dossier))
        changes, placed = self._changes_corps(corps), competition.is_placed(detail)
        return competition.CompetitionView(
            law.label_of(code),
            lead_strong=strong,
            lead=lead,
            code=code,
            followed=code in self._prepared.followed(),
            detail=detail,
            session=session,
            sessions=competition.session_options(years, session),
            place=_place(campaign, path),
            results=competition.results_of(path, campaign, read.at, raep),
            campaign=shown,
            papers=competition.papers_of(path, campaign, self._prepared.papers(code)),
            papers_source=shown.papers_source if shown else "",
            raep=raep,
            raep_place=_model_of(campaign) if raep is None else "",
            effect=competition.effect_of(corps, session) if changes and placed else "",
            not_covered=changes and not placed,
            verify=path.a_verifier,
            carnet=self._shown_carnet().view(),
            questions=self._questions(code),
            form=doing.form,
            receipt=doing.receipt,
            turn=str(doing.turn),
            file_key=f"raep-{code}-{self._prepared.turn}",
        )

    def _changes_corps(self, corps: str) -> bool:
        own = self._visit.dossier().corps
        return bool(own and corps and own != corps)

    def _raep(self, code: str) -> RaepView | None:
        file = law.raep_file(code, self._visit.who().aujourdhui)
        if file is None:
            return None
        who = self._visit.who()
        dossier = self._visit.file().dossier
        written = self._prepared.written(code)
        return raep_view(file, written, dossier, who.aujourdhui, self._experiences())

    def _experiences(self) -> tuple[Experience, ...]:
        """Return what her CV says of what she did, read once an opening; nothing where it fails."""
        return self.once("cv", self._read_cv)

    def _read_cv(self) -> tuple[Experience, ...]:
        with suppress(KitError):
            read = self._visit.ask(CV_LIRE)
            return experiences_of(Cv.model_validate(read.cv)) if read.cv else ()
        return ()

    def _shown_carnet(self) -> Carnet:
        """Return the carnet that is shown: that of her answers where it waits for a choice."""
        state = self._answers.view()
        return self._answers if state.when or state.trouble else self._prepared

    # What she does.

    @intent(FOLLOW, LEAVE)
    def follow(self, asked: Intent) -> None:
        """Follow the competition shown, or no longer."""
        if code := self._code():
            self._prepared.follow(code, wanted=asked.name == FOLLOW)

    @intent(PAPERS_READY)
    def keep_papers(self, asked: Intent) -> None:
        """Keep which papers are ready."""
        head = len(competition.PIECE)
        values = {k[head:]: v for k, v in asked.values.items() if k.startswith(competition.PIECE)}
        if code := self._code():
            self._prepared.keep_papers(code, values)

    @intent(ANSWER)
    def answer(self, asked: Intent) -> None:
        """Keep what she says of her situation where Autres parcours keeps it: once for both."""
        self._answers.write(with_answers(self._answers.load(), asked.values))

    def _questions(self, code: str) -> tuple[FieldGroup, ...]:
        """Return what the conditions of a competition look at, with what was answered."""
        answers, today = kept_answers(self._answers.load()), self._visit.who().aujourdhui
        asked = groups(answers, (code,))
        return field_groups(asked, answers, read_fields(asked, answers, today).errors)

    @intent(WRITE)
    def write(self, asked: Intent) -> None:
        """Keep the pieces typed; those that the file has not are left out."""
        code = self._code()
        if not code:
            return
        file = law.raep_file(code, self._visit.who().aujourdhui)
        known = {f"{PREFIX}{one.key}": one.key for one in file.pieces} if file else {}
        typed = {known[name]: value for name, value in asked.values.items() if name in known}
        if typed:
            self._prepared.keep_file(code, typed)

    @intent(TAKE)
    def take(self, asked: Intent) -> None:
        """Give the file as a page."""
        self.write(asked)
        code, today = self._code(), self._visit.who().aujourdhui
        if not code:
            return
        file, written = law.raep_file(code, today), self._prepared.written(code)
        if file is None or not written:
            raise InputError(
                "ce dossier est vide.", remedy="Écrivez au moins une de ses rubriques."
            )
        dossier = self._visit.file().dossier
        self._visit.download = raep_pdf(file, written, dossier, today, law.label_of(code))

    @intent(FROM_CV)
    def add_from_cv(self, asked: Intent) -> None:
        """Add a line of her CV to the first part, under what is there."""
        code, wanted = self._code(), asked.values.get("of", "")
        line = next((one.words for one in self._experiences() if one.id == wanted), "")
        if line and code:
            before = self._prepared.written(code).get(FIRST, "").rstrip()
            self._prepared.keep_file(code, {FIRST: f"{before}\n{line}".strip()})
            self._prepared.turn += 1


def _standing(dossier: Dossier) -> Standing | None:
    place = current_echelon(dossier)
    return Standing(place.corps, place.grade, place.echelon, place.chevron) if place else None


def _place(campaign: CampagneVue | None, path: PathAnswer) -> Counter:
    """Return where one registers: the application and its public address, else the row's words."""
    if campaign and campaign.application:
        return Counter(campaign.application, campaign.site)
    step = next((one for one in campaign.etapes if one.ou), None) if campaign else None
    return Counter(step.ou if step else path.acte)


def _model_of(campaign: CampagneVue | None) -> str:
    """Return where the model of a RAEP file is, for a session that has one to deposit."""
    if campaign is None or all(one.etape != "dossier_raep" for one in campaign.etapes):
        return ""
    return next((one.titre for one in campaign.pieces), "")
