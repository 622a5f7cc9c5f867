"""What is asked beside the file: one row a field, in groups; which ones matter now."""

from __future__ import annotations

from collections.abc import Iterator

from iprof_kit.base.asked import Answers, Asked, Choices, Group
from iprof_kit.base.words import folded
from iprof_kit.calculate.interface.bounds import longest
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.services.contract.carnet import SENSITIVE
from iprof_kit.ui.kit.fields import IN_MEMORY, NO_YES
from iprof_kit.ui.screens.autres_affectations.start import MovementFacts

MOST_CHILDREN = int(longest("enfants_a_l_ecran"))
MOST_YEARS = 12
FAMILY = "demande"
TOGETHER, SHARED, BOTH = (
    "rapprochement_conjoints",
    "autorite_parentale_conjointe",
    "mutation_simultanee",
)
COMING = f"{SENSITIVE}a_naitre"
HELD = ("interruption", "lien", COMING)
"""Fields that may say something of health or of a pregnancy: then held in memory alone."""
OF_A_CAMPAIGN = frozenset(
    {
        "poste_annees",
        "label_annees",
        "demandes_avant",
        "demandes_corse",
        "ancien_voeu",
        "mayotte_annees",
        "guyane_annees",
        "guyane_site_isole_annees",
        "sportif_annees_atp",
    }
)
"""What is counted at the day of one campaign: each keeps its own, and proposes it to the others."""


def groups(start: MovementFacts, answers: Answers) -> tuple[Group, ...]:
    """Return the fields that matter, in the light of what is answered already."""
    first = start.degre == "1d"
    return (
        Group("Poste et ancienneté", tuple(_first_post() if first else _post(start, answers))),
        Group("Famille", tuple(_family(start, answers))),
        Group("Éducation prioritaire", tuple(_schools(start, answers))),
        Group("Vœux déjà demandés", tuple(_repeated(start, answers))),
        Group("Outre-mer", tuple(_overseas(start, answers))),
        *(() if first else (Group("Autres situations", tuple(_others(start, answers))),)),
    )


def names(start: MovementFacts, answers: Answers) -> tuple[str, ...]:
    """Return the names of the fields shown."""
    return tuple(field.name for group in groups(start, answers) for field in group.fields)


def place_choices(start: MovementFacts, *, overseas: bool = False, own: bool = True) -> Choices:
    """Return the places of the movement as choices, an empty one first."""
    offered = [
        (place.key, f"{place.key} {place.name}" if start.degre == "1d" else place.name)
        for place in mobility_places.places(start.degre, start.campagne)
        if (place.overseas or not overseas) and (own or place.key != start.lieu)
    ]
    return (
        ("", "choisir"),
        *sorted(offered, key=lambda pair: pair[0 if start.degre == "1d" else 1]),
    )


def _departements(start: MovementFacts) -> Choices:
    places = mobility_places.places("1d", start.campagne)
    return (("", "choisir"), *((place.key, f"{place.key} {place.name}") for place in places))


def _first_post() -> Iterator[Asked]:
    yield Asked(
        "departement_depuis",
        "Titulaire dans votre département depuis le",
        "day",
        hint="Prérempli d’après vos affectations connues ; corrigez si vous y étiez déjà avant",
        needed=True,
    )
    yield Asked("pop_depuis", "Sur un poste à profil national depuis le", "day")


def _post(start: MovementFacts, answers: Answers) -> Iterator[Asked]:
    yield Asked(
        "poste_annees",
        "Années complètes dans le poste",
        "number",
        hint=f"Au 31 août {start.campagne} ; prérempli d’après votre poste ou votre zone",
        needed=True,
    )
    yield Asked(
        "interruption",
        "Interruption entre deux périodes dans ce poste",
        choices=(
            ("", "aucune"),
            (f"{SENSITIVE}clm", "congé de longue maladie"),
            (f"{SENSITIVE}cld", "congé de longue durée"),
            ("conge_parental", "congé parental"),
            ("conge_mobilite", "congé de mobilité"),
            ("detachement_direction_stagiaire", "stage de personnel de direction"),
            ("detachement_inspection_stagiaire", "stage d’inspecteur"),
            ("reconversion", "reconversion"),
            ("autre", "une autre raison"),
        ),
        hint=f"Un congé de maladie : {IN_MEMORY[:1].lower()}{IN_MEMORY[1:]}",
    )
    if answers.get("interruption"):
        yield Asked(
            "annees_avant_interruption",
            "Années dans ce poste avant l’interruption",
            "number",
            needed=True,
        )
    if start.stagiaire:
        yield from _stagiaire(start, answers)


def _stagiaire(start: MovementFacts, answers: Answers) -> Iterator[Asked]:
    yield Asked(
        "origine",
        "Avant le stage",
        choices=(
            ("", "rien de ce qui suit"),
            ("ex_contractuel", "contractuel de l’Éducation nationale"),
            ("ex_titulaire_enseignement", "titulaire d’un corps enseignant"),
            ("ex_titulaire_autre_corps", "titulaire d’un autre corps"),
        ),
    )
    if answers.get("origine") == "ex_contractuel":
        yield Asked(
            "contractuel_annees_etp",
            "Années de contractuel, en équivalent temps plein",
            "decimal",
            hint="Des dernières années scolaires avant le stage (note de service)",
        )
        yield Asked(
            "echelon_classement", "Échelon de classement", "number", most=int(longest("echelon"))
        )
    if answers.get("origine") == "ex_titulaire_autre_corps":
        yield Asked(
            "ancienne_academie", "Ancienne académie", choices=place_choices(start), needed=True
        )
    yield Asked(
        "academie_concours", "Académie d’inscription au concours", choices=place_choices(start)
    )
    yield Asked(
        "bonification_stagiaire", "Bonification de stagiaire demandée sur le vœu 1", choices=NO_YES
    )
    if answers.get("bonification_stagiaire"):
        yield Asked(
            "bonification_stagiaire_deja_utilisee",
            "Cette bonification a déjà servi",
            choices=NO_YES,
        )


def _family(start: MovementFacts, answers: Answers) -> Iterator[Asked]:
    first, asked = start.degre == "1d", answers.get(FAMILY, "")
    more = () if first else ((BOTH, "mutation simultanée de conjoints"),)
    yield Asked(
        FAMILY,
        "Demande pour raison familiale",
        choices=(
            ("", "aucune"),
            (TOGETHER, "rapprochement de conjoints"),
            (SHARED, "autorité parentale conjointe"),
            *more,
        ),
    )
    if not asked:
        return
    other = "l’autre parent" if asked == SHARED else "le conjoint"
    where = "Département" if first else "Académie"
    yield Asked(
        "conjoint_lieu", f"{where} où travaille {other}", choices=place_choices(start), needed=True
    )
    if not first:
        yield Asked(
            "conjoint_departement",
            f"Département où travaille {other}",
            choices=_departements(start),
            needed=True,
        )
    if asked == BOTH:
        yield Asked(
            "conjoint_statut",
            "Le conjoint est",
            choices=(("", "choisir"), ("titulaire", "titulaire"), ("stagiaire", "stagiaire")),
            needed=True,
        )
        yield Asked(
            "conjoint_voeux",
            "Mêmes vœux, dans le même ordre",
            choices=(("", "choisir"), ("oui", "oui"), ("non", "non")),
            needed=True,
        )
        return
    yield from _bond(start, asked)
    yield from _children(answers)
    yield from _apart(start, answers)


def _bond(start: MovementFacts, asked: str) -> Iterator[Asked]:
    first = start.degre == "1d"
    grossesse = () if first else ((f"{SENSITIVE}grossesse", "grossesse reconnue"),)
    if asked == TOGETHER:
        yield Asked(
            "lien",
            "Lien",
            choices=(
                ("", "choisir"),
                ("mariage", "mariage"),
                ("pacs", "pacs"),
                ("enfant_commun", "enfant commun"),
                *grossesse,
            ),
            needed=True,
        )
        yield Asked(
            "lien_depuis", "Date du mariage, du pacs ou de la reconnaissance", "day", needed=True
        )
    yield Asked(
        "activite",
        "Son activité",
        choices=(
            (
                ("emploi", "emploi"),
                ("france_travail", "inscription à France Travail"),
                ("retraite", "retraite"),
                ("teletravail", "seulement le télétravail"),
                ("residence_privee", "aucune, résidence privée"),
            )
            if first
            else (
                ("activite", "emploi"),
                ("apprentissage", "apprentissage"),
                ("formation_plus_6_mois", "formation longue"),
                ("france_travail_apres_activite", "France Travail après une activité"),
                ("etranger_pays_frontalier", "emploi dans un pays frontalier"),
                ("etranger_autre", "emploi dans un autre pays"),
                ("sans_activite", "sans activité"),
            )
        ),
    )
    if not first:
        yield Asked("teletravail", "Ce lieu n’est que celui du télétravail", choices=NO_YES)


def _children(answers: Answers) -> Iterator[Asked]:
    """Ask for one child more than those already given."""
    for rank in range(1, MOST_CHILDREN + 1):
        yield Asked(f"enfant-{rank}", f"Enfant {rank}, né le", "day")
        if not answers.get(f"enfant-{rank}", "").strip():
            break
    yield Asked(COMING, "Enfants à naître", "number", IN_MEMORY, most=int(longest("enfants")))


def _apart(start: MovementFacts, answers: Answers) -> Iterator[Asked]:
    """Ask for the last school year apart, and for one more than those already given."""
    for year in range(start.campagne - 1, start.campagne - 1 - MOST_YEARS, -1):
        name = f"separation-{year}"
        label = f"Mois de séparation en {year}-{year + 1}"
        yield Asked(name, label, "number", most=int(longest("mois_de_l_annee")))
        if not answers.get(name, "").strip():
            break
        yield Asked(
            f"position-{year}",
            f"Vous étiez en {year}-{year + 1}",
            choices=(
                ("activite", "en activité"),
                ("conge_parental", "en congé parental"),
                ("disponibilite_conjoint", "en disponibilité pour suivre le conjoint"),
            ),
        )


def _schools(start: MovementFacts, answers: Answers) -> Iterator[Asked]:
    yield Asked(
        "label",
        "École ou établissement classé",
        choices=(
            ("", "aucun"),
            ("rep_plus", "REP+"),
            ("rep", "REP"),
            ("politique_ville", "politique de la ville"),
            ("cla", "contrat local d’accompagnement"),
        ),
    )
    if not answers.get("label"):
        return
    if start.degre == "1d":
        yield Asked("label_depuis", "Sans interruption depuis le", "day", needed=True)
        return
    yield Asked(
        "label_annees",
        "Années de suite dans l’établissement",
        "number",
        hint=f"Au 31 août {start.campagne}",
        needed=True,
    )
    yield Asked("label_quitte", "Vous n’y avez plus de poste", choices=NO_YES)


def _repeated(start: MovementFacts, answers: Answers) -> Iterator[Asked]:
    if start.degre == "2d":
        yield Asked(
            "demandes_avant",
            "Demandes de suite avec le même vœu 1, avant celle-ci",
            "number",
            hint="Vœu préférentiel",
        )
        return
    yield Asked(
        "ancien_voeu", "Vœu 1 de la dernière campagne", choices=place_choices(start, own=False)
    )
    if answers.get("ancien_voeu"):
        yield Asked(
            "demandes_avant",
            "Campagnes de suite avec ce vœu 1",
            "number",
            hint=f"Jusqu’à la campagne {start.campagne - 1} comprise",
        )


def _overseas(start: MovementFacts, answers: Answers) -> Iterator[Asked]:
    cimm = "Centre des intérêts matériels et moraux (CIMM) reconnu"
    choices = (("", "aucun"), *place_choices(start, overseas=True)[1:])
    yield Asked("cimm", cimm, choices=choices)
    if start.degre == "2d":
        yield Asked("mayotte_annees", "Années de suite à Mayotte", "number")
        yield Asked("guyane_annees", "Années en Guyane", "number")
        if answers.get("guyane_annees", "").strip():
            yield Asked("guyane_site_isole_annees", "Dont sur un poste isolé", "number")
        return
    if answers.get("cimm"):
        for sense in ("irréversibles", "réversibles"):
            name = f"cimm_{folded(sense)}"
            yield Asked(name, f"Critères {sense} reconnus", "number", most=int(longest("criteres")))
        yield Asked("cimm_le", "Reconnu le", "day")
    yield Asked(
        "outre_mer",
        "En poste à Mayotte ou en Guyane",
        choices=(("", "non"), ("976", "Mayotte"), ("973", "Guyane")),
    )
    if answers.get("outre_mer"):
        yield Asked("outre_mer_depuis", "Sans interruption depuis le", "day", needed=True)
        yield Asked("suite_mobilite", "À la suite d’une mobilité", choices=NO_YES)
        if answers.get("outre_mer") == "973":
            yield Asked("isole_depuis", "Sur un poste isolé depuis le", "day")


def _others(start: MovementFacts, answers: Answers) -> Iterator[Asked]:
    if not start.stagiaire:
        yield Asked(
            "doit_etre_affecte",
            "Vous n’avez pas de poste à garder",
            choices=(
                ("", "d’après votre situation"),
                ("oui", "oui, il faut m’affecter"),
                ("non", "non, je garde mon poste"),
            ),
        )
        yield Asked(
            "retour",
            "Réintégration, au retour de",
            choices=(
                ("", "aucune"),
                ("emploi_fonctionnel", "emploi fonctionnel"),
                ("ecole_europeenne", "école européenne"),
                ("saint_pierre_et_miquelon", "Saint-Pierre-et-Miquelon"),
                ("prive_sous_contrat", "enseignement privé sous contrat"),
                ("etablissement_experimental", "établissement expérimental"),
                ("faisant_fonction", "fonctions de faisant fonction"),
                ("detachement", "détachement"),
                ("enseignement_superieur", "enseignement supérieur"),
            ),
        )
        if answers.get("retour"):
            yield Asked(
                "ancienne_academie", "Académie d’avant", choices=place_choices(start), needed=True
            )
    yield Asked(
        "sportif_annees_atp",
        "Sportif de haut niveau : années d’affectation provisoire",
        "number",
    )
    yield Asked(
        "demandes_corse",
        "Demandes de la Corse en vœu unique, celle-ci comprise",
        "number",
    )
