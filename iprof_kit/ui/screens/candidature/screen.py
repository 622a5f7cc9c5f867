"""Les services › a movement outside the score: its campaign, and the candidacy that is prepared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import date

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.campaigns.question import CampagneVue, Candidature
from iprof_kit.calculate.interface.local_time import place_of
from iprof_kit.services.contract.cv import CV_LIRE, CvLu
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.carnet import Carnet
from iprof_kit.ui.kit.fields.ordered import as_fields, asked_of, rearranged
from iprof_kit.ui.kit.screen import Takes, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.screens.campaigns.page import CampaignView
from iprof_kit.ui.screens.campaigns.reading import Campaigns
from iprof_kit.ui.screens.campaigns.screen import MOVEMENT
from iprof_kit.ui.screens.campaigns.steps_figure import lanes_of
from iprof_kit.ui.screens.candidature import kept
from iprof_kit.ui.screens.candidature.view import CandidacyPage, CandidacyView, candidacy_view
from iprof_kit.ui.screens.services.screen import Services
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.signed_letter import signed_letter

WISHES, KEEP, LETTER = "candidature_voeux", "candidature_garder", "candidature_lettre"


class RoomOfCandidacies(Services):
    """The page of a campaign as that of any movement, with what a candidate prepares."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._prepared = Carnet(visit, "candidatures", longest=kept.LONGEST_LETTER)

    def takers(self) -> Sequence[Takes]:
        """Return the carnet that is shown."""
        return (self._prepared,)

    def page(self) -> Shown:
        """Return the campaign that the address names, as another movement where it has a score."""
        read = self._campaigns()
        campaign = self._chosen(read)
        if campaign is None or campaign.candidature is None:
            return self._at(MOVEMENT)
        here = place_of(self._visit.dossier().departement)
        page = self._page(campaign, read, here)
        own = self._candidacy(campaign)
        common = {one.name: getattr(page, one.name) for one in fields_of(CampaignView)}
        carnet = self._prepared.view()
        lanes = lanes_of(campaign, self._visit.who().aujourdhui, page.stairs)
        whole = CandidacyPage(**common)
        return "candidature", replace(whole, own=own, lanes=lanes, carnet=carnet, also=())

    def _chosen(self, read: Campaigns) -> CampagneVue | None:
        """Return the campaign of the address; without one, the first outside the score."""
        if name := self._visit.query.get("campagne", ""):
            return read.named(name)
        return next((one for one in read.answer.campagnes if one.candidature), None)

    @intent(WISHES, KEEP, LETTER)
    def keep_own(self, asked: Intent) -> None:
        """Keep wishes, letters, papers and opinions as typed; a letter is given as a PDF."""
        campaign = self._chosen(self._campaigns())
        own = campaign.candidature if campaign else None
        if campaign is None or own is None:
            return
        self._name_fields(own)
        fields = {name: value for name, value in asked.values.items() if name != "of"}
        if fields:
            self._prepared.keep(fields, campaign.id)
        moved = asked_of(asked)
        if asked.name == WISHES and moved:
            self._rearrange(campaign, own, moved)
        if asked.name == LETTER:
            self._give(campaign, moved)

    def _rearrange(self, campaign: CampagneVue, own: Candidature, asked: str) -> None:
        wishes = kept.wishes_of(own, self._prepared.fields(campaign.id))
        fields = as_fields(rearranged(wishes, asked), kept.room(own), kept.others_of(own))
        self._prepared.keep(fields, campaign.id)
        self._prepared.turn += 1

    def _give(self, campaign: CampagneVue, field: str) -> None:
        letters = self._candidacy(campaign).letters
        chosen = next((one for one in letters if one.field == field), None)
        if chosen is None or not chosen.words.strip():
            raise InputError("cette lettre est vide.", remedy="Écrivez-la, puis téléchargez-la.")
        head, today = self._visit.letterhead(), self._visit.who().aujourdhui
        self._visit.download = motivation_letter(campaign, chosen.about, chosen.words, head, today)

    def _candidacy(self, campaign: CampagneVue) -> CandidacyView:
        return candidacy_view(
            campaign,
            self._prepared.fields(campaign.id),
            self._visit.file(),
            self._cv(),
            self._visit.who().aujourdhui,
            f"{campaign.id}-{self._prepared.turn}",
        )

    def _cv(self) -> CvLu | None:
        """Return her CV; a CV that cannot be read stops nothing of the candidacy."""
        try:
            read = self._visit.ask(CV_LIRE)
        except KitError:
            return None
        return read

    def _name_fields(self, own: Candidature) -> None:
        ranks = range(1, kept.room(own) + 1)
        names: Mapping[str, str] = {
            "nature": "ce qu’il désigne",
            "nom": "son nom",
            kept.MOVEMENT: "son mouvement",
        }
        self._prepared.labels = {
            f"{name}-{rank}": f"Vœu {rank}, {words}"
            for rank in ranks
            for name, words in names.items()
        } | {f"avis-{n}": f"Avis, {who}" for n, who in enumerate(own.avis, start=1)}


FILE_NAME = "lettre-motivation.pdf"


def motivation_letter(
    campaign: CampagneVue, about: str, words: str, dossier: Dossier, today: date
) -> Download:
    """Return one letter, headed by the name and address of the file.

    Parameters
    ----------
    about : str
        The movement or the post that it is written for.
    words : str
        As she typed them.
    """
    subject = f"Candidature, {campaign.titre.lower()} {campaign.annee} : {about}"
    to = "Aux personnes qui examinent ma candidature"
    return signed_letter(dossier, to, subject, words.strip(), today, FILE_NAME)
