"""The first screen of who has no file: what her own work is, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.atelier.model import Persona
from iprof_kit.services.contract.bureau.fils import BUREAU_LIRE
from iprof_kit.services.contract.dossier import Qui
from iprof_kit.services.contract.evaluation import EVALUATIONS_LIRE
from iprof_kit.services.contract.homes import GESTION_LIRE, SERVICE_LIRE, ServiceLu
from iprof_kit.ui.figures.stair import Stair
from iprof_kit.ui.figures.stair_svg import stair_charts
from iprof_kit.ui.kit.asking import Comparison
from iprof_kit.ui.kit.parts import Page
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.accueil.career import stair_ahead
from iprof_kit.ui.screens.accueil.results import Glance
from iprof_kit.ui.screens.bureau.view import absence, lead
from iprof_kit.ui.shared import text

TABLEAU, DESK, BY_HAND, GUIDES = "/tableau-promotions", "/scenarios", "/ma-situation", "/guides"
ATELIER = "/atelier"
LESSONS, GAME = "/atelier/lecons", "/atelier/campagne"


@dataclass(frozen=True)
class Way:
    """One thing to do: what, and either the screen where, or the command to type."""

    what: str
    act: str = ""
    path: str = ""
    command: str = ""


@dataclass(frozen=True)
class RoleView(Page):
    """The work of one role."""

    sentence: tuple[tuple[str, bool], ...] = ()
    stair: Stair | None = None
    figures: tuple[str, ...] = ()
    results: tuple[Glance, ...] = ()
    ways_title: str = "Pour commencer"
    ways: tuple[Way, ...] = ()


def role_home(visit: Visit, who: Qui, reason: str) -> RoleView:
    """Return the first screen of an account without file, by its first role."""
    made = _HOMES.get(who.role or "")
    if made is None:
        return RoleView("Bonjour", lead=text.sentence(reason), ways=(_BY_HAND, _GUIDES))
    return made(visit, who.aujourdhui)


def no_file(title: str) -> RoleView:
    """Return what stands at the address of a screen about a file, for who has none."""
    return RoleView(
        title,
        lead="Cet écran montre un dossier personnel ; ce compte n’en a pas. « Ma situation » fait "
        "les mêmes calculs sur une situation saisie.",
        ways_title="Où aller",
        ways=(_BY_HAND, Way("Votre travail", "Accueil", "/accueil"), _GUIDES),
    )


_BY_HAND = Way("Calculer sans dossier, sur une situation saisie", "Ma situation", BY_HAND)
_GUIDES = Way("La règle en quelques lignes, et les textes", "Les guides", GUIDES)
_GALLERY = Way("Donner les mêmes personnes à changer, sans compte", "La galerie", "/galerie")
_SCENARIOS = Way(
    "Comparer deux personnes fictives, à une date choisie", "Ouvrir les scénarios", DESK
)


def _analyst(visit: Visit, today: date) -> RoleView:
    del visit
    figures = tuple(_tableau(today))
    strong = ""
    if figures:
        listed, places, *_ = (one.value for one in figures)
        strong = f"{_counted(int(places), 'place', 'places')} pour {listed} promouvables"
    about = f"campagne {today.year + 1} des professeurs des écoles, sur une population fictive"
    return RoleView(
        "Votre tableau d’avancement",
        sentence=(
            (strong, True),
            (f"{', ' if strong else ''}{about} : PROJET, l’autorité décide.", False),
        ),
        results=figures,
        ways=(
            Way("Changer le taux, comparer deux dossiers, voir qui est écarté, exporter",
                "Ouvrir le tableau", TABLEAU),
            _SCENARIOS,
            Way("Faire entrer un extrait de vos dossiers", command="iprof import extrait"),
            _BY_HAND,
            _GUIDES,
        ),
    )  # fmt: skip


def _tableau(today: date) -> Iterator[Glance]:
    """Yield the figures of the prepared tableau; none where it cannot be drawn."""
    from iprof_kit.ui.screens.tableau.screen import prepared_keys

    with suppress(KitError):
        for key in prepared_keys(today)[:3]:
            yield Glance(
                key.label, key.value, "", text.sentence(key.small), "", "", verify=key.verify
            )


def _trainer(visit: Visit, _today: date) -> RoleView:
    from iprof_kit.calculate.atelier.files import personas

    people = tuple(personas().values())
    shown = _career(visit, max(people, key=lambda one: one.start().date_naissance or date.min))
    corps = {one.start().corps for one in people}
    scenarios = sum(len(one.scenarios) for one in people)
    return RoleView(
        "Vos démonstrations",
        sentence=(
            (f"{len(people)} personnes fictives", True),
            ((" : choisissez-en une, changez sa carrière devant le groupe, lisez "
                         "l’écart."), False),
        ),
        stair=shown,
        figures=stair_charts(shown) if shown else (),
        results=(
            Glance("Personnes fictives", str(len(people)), f"de {len(corps)} corps",
                   "Chacune dit ce qu’elle enseigne. Aucun vrai dossier ne s’ouvre.",
                   "Ouvrir l’atelier", ATELIER),
            Glance("Scénarios prêts", str(scenarios), "", "Jusqu’à quatre par personne, déplacés à "
                   "la souris ou au clavier, gardés dans l’adresse.", "Changer un scénario",
                   ATELIER),
            Glance("Sans compte", "Ma situation", "", "Vos stagiaires y refont le calcul sur leur "
                   "propre échelon : rien n’est enregistré.", "Ouvrir Ma situation", BY_HAND),
        ),
        ways_title="Avec un groupe",
        ways=(
            Way("Choisir une personne, et le jour qui compte comme aujourd’hui",
                "Ouvrir l’atelier", ATELIER),
            Way("Jouer une leçon avec les téléphones de la salle", "Les leçons",
                LESSONS),
            Way("Laisser la salle choisir les critères d’une campagne", "La campagne", GAME),
            Way("Lire la règle de chaque date, et son texte", "Les guides", GUIDES),
            Way("Mettre deux personnes différentes côte à côte", "Deux personnes", DESK),
            *((_GALLERY,) if visit.who().galerie else ()),
        ),
    )  # fmt: skip


def _career(visit: Visit, person: Persona) -> Stair | None:
    """Return the stair of a persona from her frozen day."""
    try:
        start = person.start()
        answer = Comparison(start, person.jour, visit.calculate).answer()
    except KitError:
        return None
    climbed = stair_ahead(start, answer, person.jour)
    if climbed is None:
        return None
    return replace(climbed, title=f"Par exemple, {person.label}", you="jour figé")


def _manager(visit: Visit, today: date) -> RoleView:
    work = visit.ask(GESTION_LIRE)
    desk = visit.ask(BUREAU_LIRE)
    strong, rest = lead(desk)
    read = f"Lus le {text.day(work.lus_le)}." if work.lus_le else "Aucun dossier n’est importé."
    late = "Aucun n’a passé le délai annoncé." if desk.delai_jours else "Aucun délai n’est annoncé."
    if desk.depasses:
        late = f"{_counted(desk.depasses, 'a', 'ont')} passé le délai annoncé."
    away, who = absence(desk.absence, today)
    return RoleView(
        "Votre bureau",
        sentence=((strong, True), (f" {rest}" if rest else "", False)),
        results=(
            Glance("Fils en attente", str(desk.en_attente), "", late,
                   "Ouvrir le bureau", "/bureau"),
            Glance("Personnes suivies", str(desk.suivies), "",
                   f"{text.sentence(desk.service)} {read}".strip(),
                   "Ouvrir le portefeuille", "/bureau/portefeuille"),
            Glance("Votre prochaine absence", away, "", who,
                   "Prévoir une absence", "/bureau/absences"),
        ),
        ways_title="Ce qui se fait aussi",
        ways=(
            Way("Le droit de la personne à faire rectifier sa donnée",
                "Le droit de rectification", "/guides/dossier-droits"),
            Way("Faire entrer les dossiers", command="iprof import dossiers FICHIER"),
            _BY_HAND,
            _GUIDES,
        ),
    )  # fmt: skip


def _evaluator(visit: Visit, today: date) -> RoleView:
    from iprof_kit.ui.screens.evaluation.liste import liste

    view = liste(visit.ask(EVALUATIONS_LIRE), today)
    return RoleView(
        "Vos projets d’avis",
        sentence=((view.lead_strong, True), (view.lead, False)),
        results=tuple(Glance(one.label, one.value, "", "", "", "") for one in view.results),
        ways=(
            Way("Qui est à rencontrer, quel avis est à préparer, et où en est chacun",
                "Ouvrir la liste", "/evaluation"),
            Way("Les rendez-vous, leurs délais, leurs recours", "Ouvrir le guide",
                "/guides/rendez-vous"),
            Way("Qui est dans la fenêtre, sur une situation saisie", "Ma situation", BY_HAND),
            _GUIDES,
        ),
    )  # fmt: skip


def _administrator(visit: Visit, today: date) -> RoleView:
    state = visit.ask(SERVICE_LIRE)
    saved = text.in_paris(state.sauvegarde) if state.sauvegarde else None
    sealed = text.in_paris(state.scelle_le) if state.scelle_le else None
    age = (today - saved).days if saved else None
    backup = "Jamais" if age is None else text.sentence(_ago(age)).rstrip(".")
    sessions = _counted(state.sessions, "session ouverte", "sessions ouvertes")
    accounts = _counted(state.comptes, "compte", "comptes")
    files = _counted(state.dossiers, "dossier", "dossiers")
    return RoleView(
        "L’état du service",
        sentence=(
            (sessions, True),
            (f", {accounts}, {files}.", False),
        ),
        results=(
            Glance("Dernière sauvegarde", backup, text.day(saved) if saved else "",
                   "Une sauvegarde se vérifie avant de servir." if saved else
                   "Aucune n’est au journal : faites-en une maintenant.", "", ""),
            Glance("Journal", str(state.a_sceller),
                   "lignes à sceller" if state.a_sceller > 1 else "ligne à sceller",
                   f"Scellé le {text.day(sealed)}." if sealed else "Pas encore scellé.", "", ""),
            _jobs(state),
        ),
        ways_title="Ce qui se fait en ligne de commande",
        ways=(
            Way("Dire si le kit peut servir ici", command="iprof doctor"),
            Way("Sauvegarder la base et les fichiers", command="iprof sauvegarder FICHIER"),
            Way("Vérifier le journal", command="iprof journal verify"),
            Way("Voir ce que le kit fait de lui-même", command="iprof travaux"),
            _SCENARIOS,
            _GUIDES,
        ),
    )  # fmt: skip


def _jobs(state: ServiceLu) -> Glance:
    """Return what the kit does by itself: what fails first, else what was done last."""
    failed = [one for one in state.travaux if one.echecs]
    if failed:
        words = text.sentence(f"{failed[0].libelle} : {failed[0].issue}")
        return Glance("Travaux", f"{len(failed)} en échec", "", words, "", "")
    done = [(one.fait_le, one.libelle) for one in state.travaux if one.fait_le is not None]
    words = "Aucun n’a encore été fait."
    if done:
        when, what = max(done)
        words = text.sentence(f"{what} : fait le {text.day(text.in_paris(when))}")
    return Glance("Travaux", "Aucun en échec", "", words, "", "")


def _counted(count: int, one: str, several: str) -> str:
    """« 1 compte », « 3 comptes »; none is written with the singular, as French does."""
    return f"{count} {several if count > 1 else one}"


def _ago(days: int) -> str:
    """« aujourd’hui », « hier », « il y a 3 jours »."""
    return {0: "aujourd’hui", 1: "hier"}.get(days, f"il y a {days} jours")


_HOMES: dict[str, Callable[[Visit, date], RoleView]] = {
    "analyste": _analyst,
    "formateur": _trainer,
    "gestionnaire": _manager,
    "evaluateur": _evaluator,
    "administrateur": _administrator,
}
