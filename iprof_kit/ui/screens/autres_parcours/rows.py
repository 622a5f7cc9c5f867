"""One path, ready to show: when, what is missing, who decides, where, effects, conditions."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.calculate.guides.law_facts import Standing
from iprof_kit.calculate.paths import facts as path_facts
from iprof_kit.calculate.paths.question import (
    Effect,
    EligibilityAnswer,
    PathAnswer,
    PathCondition,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Pair, Why, reference_text

OPEN, LATER, DEPENDS, NEVER = "ouvert", "a_partir_du", "depend", "jamais"
STATES = {
    OPEN: "Ouverts maintenant", LATER: "Ouverts plus tard",
    DEPENDS: "À préciser par vous", NEVER: "Fermés dans votre situation",
}  # fmt: skip
_CONCLUSION = {
    OPEN: "ouvert", LATER: "ouvert plus tard", DEPENDS: "à préciser par vous",
    NEVER: "fermé dans votre situation",
}  # fmt: skip
FAMILIES = {
    "concours": "Concours", "liste_aptitude": "Listes d’aptitude",
    "certification": "Certifications et examens", "detachement": "Détachement et mobilité",
    "disponibilite": "Disponibilités", "conge": "Congés", "temps_partiel": "Temps partiel",
    "depart": "Départ", "fonction": "Fonctions",
}  # fmt: skip
NOT_COVERED = "Règle non couverte par les tables de ce kit."
_UNCOVERED = "règle non couverte"


@dataclass(frozen=True)
class PathRow:
    """One path in the list: when, what is missing, who decides, what it changes to the pay."""

    id: str
    code: str
    name: str
    family: str
    when: str
    missing: tuple[str, ...]
    to_say: tuple[str, ...]
    """Conditions that the kit does not know."""
    decides: str
    pay: tuple[str, ...]
    verify: bool


@dataclass(frozen=True)
class ConditionRow:
    """One condition: what is needed, what the person has, whether it is met and since when."""

    condition: str
    needed: str
    has: str
    state: str
    source: str
    verify: bool


@dataclass(frozen=True)
class PathDetail:
    """One path whole: its row, its conditions, where the act is made, dates, other effects."""

    row: PathRow
    act: str
    dates: str
    effects: tuple[str, ...]
    notes: tuple[str, ...]
    conditions: tuple[ConditionRow, ...]
    source: str
    """The text that most conditions come from; the others say theirs."""
    why: Why


def path_row(path: PathAnswer, answer: EligibilityAnswer, held: Standing | None) -> PathRow:
    """Return a path as the list says it; a pay effect that no rule gives is said not covered."""
    pay = tuple(
        text.sentence(_pay_line(effect, held, answer)) for effect in path.effets if effect.paie
    )
    return PathRow(
        id=path.code.lower(),
        code=path.code,
        name=path.libelle,
        family=FAMILIES.get(path.famille, path.famille),
        when=_when(path),
        missing=tuple(text.sentence(words) for words in path.manque),
        to_say=tuple(text.sentence(words) for words in path.a_verifier_par_vous)
        if path.etat == DEPENDS
        else (),
        decides=text.sentence(f"décide : {path.decide_par}"),
        pay=pay or (NOT_COVERED,),
        verify=path.a_verifier,
    )


def path_detail(path: PathAnswer, answer: EligibilityAnswer, held: Standing | None) -> PathDetail:
    """Return a path whole."""
    texts = [reference_text(one.source) for one in path.conditions]
    source = max(texts, key=texts.count, default="")
    return PathDetail(
        path_row(path, answer, held),
        text.sentence(path.acte),
        text.sentence(path.calendrier),
        tuple(
            text.sentence(f"{effect.libelle} : {effect.texte}")
            for effect in path.effets
            if not effect.paie
        ),
        tuple(map(text.sentence, path.a_savoir)),
        tuple(_condition(one, source) for one in path.conditions),
        source,
        _why(path),
    )


def _when(path: PathAnswer) -> str:
    session = f", session {path.session}" if path.session else ""
    until = f", jusqu’au {text.day(path.jusqu_au)}" if path.jusqu_au else ""
    if path.etat == OPEN:
        since = f" depuis le {text.day(path.depuis)}" if path.depuis else ""
        return f"Ouvert{since}{session}{until}"
    if path.etat == LATER and path.a_partir_du:
        return f"À partir du {text.day(path.a_partir_du)}{session}"
    if path.etat == DEPENDS:
        early = f", au plus tôt le {text.day(path.a_partir_du)}" if path.a_partir_du else ""
        return f"Dépend de vos réponses{early}{session}"
    return "Fermé dans la situation déclarée"


def _pay_line(effect: Effect, held: Standing | None, answer: EligibilityAnswer) -> str:
    if _UNCOVERED in effect.texte:
        return f"{effect.libelle} : {NOT_COVERED[:1].lower()}{NOT_COVERED[1:]}"
    if effect.montant is None:
        return f"{effect.libelle} : {effect.texte}"
    if effect.unite == "indice majoré":
        return _classement(effect, held, answer)
    unit = effect.unite or ""
    if "euros" in unit:
        amount = text.money(effect.montant) + unit.removeprefix("euros")
    else:
        amount = f"{effect.montant:g} {unit}"
    return f"{effect.libelle} : {amount}" + (f", {effect.texte}" if effect.texte else "")


def _classement(effect: Effect, held: Standing | None, answer: EligibilityAnswer) -> str:
    """Return the place in the new corps, and the gap of gross that its index makes."""
    after = int(effect.montant or 0)
    words = f"{effect.libelle} : {effect.texte}, indice majoré {after}"
    gap = path_facts.gross_gap(held, after, answer.jour) if held else None
    if gap is None:
        return words
    change = (
        "le même traitement brut"
        if gap.euros == 0
        else f"{text.signed_money(gap.euros)} bruts par mois à temps plein"
    )
    return f"{words} au lieu de {gap.index_before}, soit {change} ({answer.jour.year})"


def _why(path: PathAnswer) -> Why:
    doubt = text.sentence(f"à vérifier, {path.motif_a_verifier}") if path.motif_a_verifier else ""
    sources = tuple(dict.fromkeys(reference_text(source) for source in path.sources))
    met = sum(one.remplie is True for one in path.conditions)
    unknown = sum(one.remplie is None for one in path.conditions)
    return Why(
        f"Pourquoi ? {path.libelle}",
        text.french(f"{path.phrase} {doubt}".strip()),
        (
            Pair("Conditions du texte", str(len(path.conditions))),
            Pair("Remplies", str(met)),
            Pair("Non remplies", str(len(path.conditions) - met - unknown)),
            Pair("Que le kit ne connaît pas", str(unknown)),
            Pair("Donc", _CONCLUSION[path.etat], result=True),
        ),
        sources,
    )


def _condition(one: PathCondition, common: str) -> ConditionRow:
    state = "à préciser par vous"
    if one.remplie is not None:
        state = "remplie" if one.remplie else "non remplie"
    since = f", le {text.day(one.remplie_le)}" if one.remplie_le else ""
    other = " (une de plusieurs possibles)" if one.alternative else ""
    when = f" {one.au}" if one.au else ""
    source = reference_text(one.source)
    return ConditionRow(
        text.french(f"{one.condition}{other}"),
        text.french(f"{one.il_faut}{when}".strip()),
        text.french(f"{one.a_la_reference} à cette date" if one.a_la_reference else one.a),
        f"{state}{since}",
        "" if source == common else source,
        one.source.confiance in ("C", "D"),
    )
