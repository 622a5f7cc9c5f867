"""What answers each operation: one line each, and none that is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from iprof_kit.services.access.own_file import Handler, served
from iprof_kit.services.bars import reading as bars
from iprof_kit.services.campaigns import board, board_acts, notes
from iprof_kit.services.campaigns import sending as campaign_papers
from iprof_kit.services.contract import avis, carnet, courrier, dossier, homes, lecons, own_file
from iprof_kit.services.contract import bars as contract_bars
from iprof_kit.services.contract import campagnes as services
from iprof_kit.services.contract import cv as contract_cv
from iprof_kit.services.contract import evaluation as evaluators
from iprof_kit.services.contract import formation as training
from iprof_kit.services.contract import kit_messages as messages
from iprof_kit.services.contract.bureau import campagnes as desk_campaigns
from iprof_kit.services.contract.bureau import ensemble, envois, fils, relectures
from iprof_kit.services.contract.links import scenario, seances
from iprof_kit.services.contract.operation import AnyOperation
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.courrier import notices, sending, thread, threads
from iprof_kit.services.cv import draft, links, versions
from iprof_kit.services.desk import (
    absences,
    acting,
    drafts,
    people,
    templates,
    together,
    waiting,
)
from iprof_kit.services.desk import file as desk_file
from iprof_kit.services.desk import notes as desk_notes
from iprof_kit.services.desk import thread as desk_thread
from iprof_kit.services.dossier import consultations, contacts, visits
from iprof_kit.services.evaluation import own, projects
from iprof_kit.services.guichet import asking, cv
from iprof_kit.services.guichet import homes as counts
from iprof_kit.services.kept import carnet as kept_carnet
from iprof_kit.services.kept import scenario_links, seance_links
from iprof_kit.services.kit_messages import choices
from iprof_kit.services.lessons import leading
from iprof_kit.services.mailings import acting as mailing_acting
from iprof_kit.services.mailings import reading as mailings
from iprof_kit.services.own_data import inventory
from iprof_kit.services.reports import files as papers
from iprof_kit.services.reports import reporting
from iprof_kit.services.second_reader import releasing
from iprof_kit.services.training import searching


def of_each(
    pairs: Iterable[tuple[str, Handler]], operations: Mapping[str, AnyOperation]
) -> dict[str, Handler]:
    """Return what answers each operation; refuse to start where one has none, or two.

    Raises
    ------
    RuntimeError
        An operation of the contract is not answered once.
    """
    pairs = list(pairs)
    handlers = dict(pairs)
    wrong = operations.keys() ^ handlers.keys()
    if wrong or len(handlers) != len(pairs):
        raise RuntimeError(f"each operation is answered once: {sorted(wrong)}")
    return handlers


_ANSWERED = (
    served(dossier.SESSION_QUI, asking.who),
    served(dossier.DOSSIER_LIRE, asking.file),
    served(own_file.VISITE_LIRE, visits.read),
    served(own_file.CONTACT_LIRE, contacts.read),
    served(own_file.CONTACT_ENREGISTRER, contacts.save),
    served(own_file.SIGNALEMENTS_LIRE, reporting.read),
    served(own_file.SIGNALER, reporting.send),
    served(own_file.PIECE_DEPOSER, papers.receive),
    served(own_file.PIECE_RETIRER, papers.withdraw),
    served(own_file.CONSULTATIONS_LIRE, consultations.read),
    served(own_file.MES_DONNEES_LIRE, inventory.read),
    served(avis.AVIS_LIRE, notices.read),
    served(avis.AVIS_CHOISIR, notices.choose),
    served(messages.MESSAGES_KIT_LIRE, choices.read),
    served(messages.MESSAGES_KIT_CHOISIR, choices.choose),
    served(courrier.COURRIER_LIRE, threads.read),
    served(courrier.COURRIER_COMPTES, threads.counts),
    served(courrier.COURRIER_FIL, thread.read),
    served(courrier.COURRIER_ECRIRE, sending.write),
    served(courrier.COURRIER_AGIR, sending.do),
    served(contract_cv.CV_LIRE, cv.read),
    served(contract_cv.CV_ENREGISTRER, draft.save),
    served(contract_cv.CV_VERSION_CREER, versions.create),
    served(contract_cv.CV_VERSION_LIRE, versions.read),
    served(contract_cv.CV_LIEN_CREER, links.create),
    served(contract_cv.CV_LIEN_REVOQUER, links.revoke),
    served(contract_cv.CV_LIEN_APERCU, links.preview),
    served(carnet.CARNET_LIRE, kept_carnet.read),
    served(carnet.CARNET_ENREGISTRER, kept_carnet.save),
    served(contract_bars.BARRES_LIRE, bars.read),
    served(services.SERVICES_LIRE, notes.read),
    served(services.SERVICES_NOTER, notes.note),
    served(services.SERVICES_RETIRER, notes.withdraw),
    served(services.SERVICES_ENVOYER, campaign_papers.send),
    served(training.FORMATION_CHERCHER, searching.search),
    served(scenario.SCENARIO_LIEN, scenario_links.share),
    served(scenario.SCENARIO_OUVRIR, scenario_links.open_shared),
    served(seances.SEANCE_SIGNER, seance_links.sign),
    served(seances.SEANCE_VERIFIER, seance_links.verify),
    served(homes.GESTION_LIRE, counts.management),
    served(homes.SERVICE_LIRE, counts.service),
    served(fils.BUREAU_LIRE, waiting.read),
    served(fils.BUREAU_FIL, desk_thread.read),
    served(fils.BUREAU_AGIR, acting.do),
    served(fils.BUREAU_TRANSMETTRE, acting.pass_on),
    served(fils.BUREAU_BROUILLON, drafts.keep),
    served(fils.BUREAU_NOTE, desk_notes.write),
    served(fils.BUREAU_DOSSIER, desk_file.read),
    served(fils.BUREAU_PORTEFEUILLE, people.read),
    served(fils.BUREAU_MODELES, templates.read),
    served(fils.BUREAU_ABSENCES, absences.read),
    served(fils.BUREAU_ABSENCE, absences.declare),
    served(ensemble.BUREAU_ENSEMBLE_APERCU, together.preview),
    served(ensemble.BUREAU_ENSEMBLE, together.do),
    served(desk_campaigns.BUREAU_CAMPAGNES, board.read),
    served(desk_campaigns.BUREAU_CAMPAGNE_APERCU, board_acts.preview),
    served(desk_campaigns.BUREAU_CAMPAGNE_AGIR, board_acts.do),
    served(relectures.RELECTURES_LIRE, releasing.read_all),
    served(relectures.RELECTURE_LIRE, releasing.read),
    served(relectures.RELECTURE_AGIR, releasing.do),
    served(envois.ENVOIS_LIRE, mailings.read_all),
    served(envois.ENVOI_LIRE, mailings.read),
    served(envois.ENVOI_GARDER, mailing_acting.keep),
    served(envois.ENVOI_AGIR, mailing_acting.do),
    served(evaluators.EVALUATIONS_LIRE, projects.read_all),
    served(evaluators.EVALUATION_LIRE, projects.read),
    served(evaluators.EVALUATION_GARDER, projects.keep),
    served(evaluators.EVALUATION_MONTRER, projects.show),
    served(evaluators.EVALUATION_EFFACER, projects.erase),
    served(evaluators.PROJETS_AVIS_LIRE, own.read),
    served(lecons.LECON_OUVRIR, leading.open_lesson),
    served(lecons.LECON_ETAT, leading.state),
    served(lecons.LECON_ALLER, leading.go_to),
    served(lecons.LECON_FERMER, leading.close_lesson),
)
HANDLERS = of_each(_ANSWERED, OPERATIONS)
