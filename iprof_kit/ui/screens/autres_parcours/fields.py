"""What is asked about other paths beside the file, by subject; which answers are not kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from iprof_kit.base.asked import Answers, Asked, Choices, Group
from iprof_kit.calculate.interface.bounds import longest
from iprof_kit.calculate.paths import facts as path_facts
from iprof_kit.services.contract.carnet import SENSITIVE

FACT, SERVICES, TAKEN, ENDED, CHILD = "fait-", "services-", "pris-", "fin-", "enfant-"
FROM_FILE = ("corps", "titulaire")
"""Natures of services that the file counts."""
PERSONAL = ("handicap", "etat_de_sante", "usure_professionnelle", "proche_a_soigner")
"""Facts that no carnet keeps: they are held while the page is open."""
PERSONAL_FACT = f"{SENSITIVE}{FACT}"
_OF_STATUS = ("cdi", "stagiaire")
_UNSAID: Choices = (("", "je ne le dis pas"), ("oui", "oui"), ("non", "non"))
_AFFIRMED = {
    "detache_sur_contrat": "être détaché sur contrat",
    "engagement_de_servir": "avoir un engagement de servir en cours",
    "taux_plein": "avoir le taux plein pour la pension",
}
"""Facts whose condition is that they are not: they are asked as they are."""
_PERIODS = {
    "disponibilite_convenances": "disponibilité pour convenances personnelles",
    "disponibilite_etudes": "disponibilité pour études",
    "disponibilite_entreprise": "disponibilité pour entreprise",
    "conge_formation": "congé de formation professionnelle",
    "temps_partiel_entreprise": "temps partiel pour entreprise",
}
_MOST_CHILDREN = int(longest("enfants_a_l_ecran"))


def groups(answers: Answers, codes: Sequence[str]) -> tuple[Group, ...]:
    """Return what the paths shown need, in the light of what is answered already."""
    needs = path_facts.needs_of(tuple(codes))
    by_subject = (
        Group("Diplômes", tuple(_studies()) if needs.studies else ()),
        Group("Services, en années complètes", tuple(_services(needs.natures))),
        Group("Enfants", tuple(_children(answers)) if needs.children else ()),
        Group("Périodes déjà prises", tuple(_periods(answers, needs.periods))),
        Group("Ce que vous déclarez", tuple(_facts(needs.facts, sensitive=False))),
        Group("Montants", tuple(_amounts(codes))),
    )
    return tuple(group for group in by_subject if group.fields)


def sensitive_groups(codes: Sequence[str]) -> tuple[Group, ...]:
    """Return the fields that are never kept; none where no path needs them."""
    fields = tuple(_facts(path_facts.needs_of(tuple(codes)).facts, sensitive=True))
    return (Group("Situations personnelles", fields),) if fields else ()


def every_group(answers: Answers) -> tuple[Group, ...]:
    """Return what any path needs: answers given for one that is not shown count too."""
    codes = path_facts.every_path()
    return (*groups(answers, codes), *sensitive_groups(codes))


def personal(name: str) -> bool:
    """Tell whether a field is never kept."""
    return name.startswith(PERSONAL_FACT)


def _studies() -> Iterator[Asked]:
    yield Asked(
        "niveau_diplome",
        "Plus haut diplôme",
        choices=(
            ("", "je ne le dis pas"),
            ("aucun", "aucun"),
            ("3", "CAP, BEP"),
            ("4", "baccalauréat"),
            ("5", "bac+2"),
            ("6", "licence"),
            ("7", "master"),
            ("8", "doctorat"),
        ),
    )
    yield Asked(
        "inscription",
        "Études en cours",
        choices=(
            ("", "je ne le dis pas"),
            ("aucune", "aucune"),
            ("L3", "troisième année de licence"),
            ("M1", "première année de master"),
            ("M2", "deuxième année de master"),
        ),
    )
    yield Asked(
        "master",
        "Master MEEF acquis",
        choices=(
            ("", "je ne le dis pas"),
            ("M1_MEEF", "première année"),
            ("M2_MEEF", "master entier"),
            ("autre", "un autre master"),
        ),
    )


def _services(needed: Collection[str]) -> Iterator[Asked]:
    for nature, label in path_facts.asked_natures().items():
        if nature in needed and nature not in FROM_FILE:
            yield Asked(f"{SERVICES}{nature}", _capital(label), "number")


def _children(answers: Answers) -> Iterator[Asked]:
    """Ask for one child more than those already given."""
    yield Asked(
        "enfants",
        "Enfants",
        choices=(("", "je ne le dis pas"), ("aucun", "aucun"), ("oui", "j’en ai")),
    )
    if answers.get("enfants") != "oui":
        return
    for rank in range(1, _MOST_CHILDREN + 1):
        yield Asked(f"{CHILD}{rank}", f"Enfant {rank}, né le", "day")
        if not answers.get(f"{CHILD}{rank}", "").strip():
            return


def _periods(answers: Answers, needed: Collection[str]) -> Iterator[Asked]:
    for nature in (one for one in path_facts.limited_periods() if one in needed):
        name = f"{TAKEN}{nature}"
        label = _capital(_PERIODS.get(nature, nature.replace("_", " ")))
        yield Asked(name, f"{label}, mois pris", "number", most=600)
        if answers.get(name, "").strip() not in ("", "0"):
            yield Asked(f"{ENDED}{nature}", f"{label}, dernière fin", "day")


def _facts(needed: Collection[str], *, sensitive: bool) -> Iterator[Asked]:
    for key, words in path_facts.declared_facts().items():
        if key in needed and key not in _OF_STATUS and (key in PERSONAL) == sensitive:
            label = _capital(_AFFIRMED.get(key, words))
            prefix = PERSONAL_FACT if sensitive else FACT
            yield Asked(f"{prefix}{key}", label, choices=_UNSAID)


def _amounts(codes: Sequence[str]) -> Iterator[Asked]:
    if len(codes) != 1:
        yield Asked(
            "heures_cpf",
            "Heures sur votre compte personnel de formation (CPF)",
            "number",
            most=400,
        )
    if "RUPTURE_CONV" not in codes:
        return
    yield Asked(
        "remuneration_brute_annuelle",
        "Rémunération brute de l’an dernier, en euros",
        "decimal",
    )
    yield Asked("anciennete_rupture_annees", "Années complètes de services publics", "number")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
