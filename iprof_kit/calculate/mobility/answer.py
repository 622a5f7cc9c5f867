"""What is answered about mobility: each wish, its score, what is set aside, bars, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Literal

from pydantic import Field

from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import codes_of
from iprof_kit.base.sources import to_verify, worst
from iprof_kit.base.words import points_text
from iprof_kit.calculate.interface.explained import Explanation, Reference
from iprof_kit.calculate.interface.fields import Confiance, Lieu, Listed, Phrase, Points, unit
from iprof_kit.calculate.interface.papers import citation
from iprof_kit.calculate.interface.subject import Answer
from iprof_kit.law.mobility.bars import Comparison
from iprof_kit.law.mobility.calendar import Degree, Stage, stages
from iprof_kit.law.mobility.score import CriterionPoints, SetAside, WishScore


def _codes(column: str) -> tuple[str, ...]:
    """Return the codes of both movements, one table each."""
    tables = ("mouvement_interdepartemental_1d", "mouvement_interacademique_2d")
    return tuple(code for table in tables for code in codes_of(table, column))


Critere = Annotated[str, Listed(partial(_codes, "critere"))]
SousCritere = Annotated[str, Listed(partial(_codes, "sous_critere"))]


class Ligne(Plain):
    """Points that one criterion gives to a wish."""

    critere: Critere = Field(description="Code du critère.")
    sous_critere: SousCritere = Field(description="Cas du critère.")
    libelle: Phrase = Field(description="Nom du critère.")
    points: Points = Field(description="Points donnés au vœu.")
    calcul: Phrase = Field(description="Ce qui est compté.")
    confiance: Confiance = Field(description="Confiance de la lecture (A à D).")
    a_verifier: bool = Field(description="Vrai si une seule source, ou aucune, le confirme.")
    source: Phrase = Field(description="Texte qui donne les points.")


class Ecarte(Plain):
    """A criterion asked for that gives nothing to a wish."""

    critere: Critere = Field(description="Code du critère.")
    libelle: Phrase = Field(description="Nom du critère.")
    motif: Phrase = Field(description="Pourquoi il ne compte pas.")
    inconnu: bool = Field(description="Vrai si sa valeur n’est pas connue : le total est minimal.")


class Barre(Plain):
    """A comparison with a published bar; without a bar there is no number."""

    sens: Literal["entree", "sortie"] = Field(description="Barre d’entrée ou de sortie.")
    lieu: Phrase = Field(description="Territoire de la barre.")
    annee: int | None = Field(default=None, description="Année de la barre.")
    bareme: Points | None = Field(default=None, description="Points de la barre.")
    ecart: Points | None = Field(default=None, description="Barème du vœu moins la barre.")
    nb_entrants: int | None = Field(
        default=None, description="Entrants cette année-là.", json_schema_extra=unit("personnes")
    )
    note: Phrase = Field(default="", description="Précision de la source de la barre.")
    phrase: Phrase = Field(description="Comparaison, « si la barre restait la même ».")
    source: Phrase = Field(default="", description="Qui a publié la barre.")
    a_verifier: bool = Field(default=False, description="Vrai si la barre est à vérifier.")


class VoeuNote(Plain):
    """The score of one wish."""

    rang: int = Field(ge=1, description="Rang du vœu.")
    voeu: Lieu = Field(description="Code du département ou nom de l’académie.")
    libelle: Phrase = Field(description="Nom du territoire demandé.")
    total: Points = Field(description="Barème du vœu.")
    complet: bool = Field(description="Faux si un critère demandé n’a pas de valeur connue.")
    phrase: Phrase = Field(description="Le barème en une phrase.")
    lignes: tuple[Ligne, ...] = Field(description="Critères comptés.")
    ecartes: tuple[Ecarte, ...] = Field(default=(), description="Critères écartés.")
    barres: tuple[Barre, ...] = Field(default=(), description="Comparaisons avec des barres.")
    explication: Explanation | None = Field(
        default=None, description="Pourquoi ce barème, si sa raison est demandée."
    )


class Etape(Plain):
    """One step of the campaign's calendar."""

    phase: Phrase = Field(description="Mouvement ou phase.")
    etape: Phrase = Field(description="Étape.")
    debut: date | None = Field(default=None, description="Premier jour, si une source le dit.")
    fin: date | None = Field(default=None, description="Dernier jour, si une source le dit.")
    heure_fin: Phrase = Field(default="", description="Heure de fin.")
    portee: Phrase = Field(description="National, ou territoire dont c’est la date.")
    note: Phrase = Field(default="", description="Précision de la source.")
    source: Phrase = Field(default="", description="Qui a publié la date.")
    a_verifier: bool = Field(description="Vrai si la date est à vérifier.")


class Extension(Plain):
    """What happens after the wishes to somebody who must be posted (second degree)."""

    phrase: Phrase = Field(description="La règle d’extension, avec sa source.")
    resume: Phrase = Field(default="", description="La règle en une phrase.")
    source: Phrase = Field(default="", description="Textes de la règle.")
    ordre: Phrase = Field(default="", description="L’ordre des académies, ou ce qu’on en ignore.")
    points: Points | None = Field(default=None, description="Barème d’extension, le plus petit.")
    complet: bool = Field(default=True, description="Faux si le barème est un minimum.")
    voeu: Lieu = Field(default="", description="Vœu dont vient ce barème.")
    lignes: tuple[Ligne, ...] = Field(default=(), description="Critères gardés.")
    non_dit: tuple[Phrase, ...] = Field(
        default=(), description="Critères comptés sans règle connue."
    )
    academies: tuple[Phrase, ...] = Field(
        default=(), description="Académies possibles, sans ordre."
    )
    academie_depart: Phrase = Field(
        default="", description="Académie du vœu 1, d’où part l’extension ; vide : non concerné."
    )
    par_voeu: tuple[Points, ...] = Field(
        default=(), description="Barème d’extension de chaque vœu ; le plus petit compte."
    )


class Local(Plain):
    """The departmental or intra-academic movement: local rules, covered or not."""

    phrase: Phrase = Field(description="Ce qui est couvert, et d’où viennent les règles.")
    bareme: VoeuNote | None = Field(default=None, description="Barème, si le territoire l’est.")
    departage: tuple[Phrase, ...] = Field(default=(), description="Départage, en ordre.")


class MobilityAnswer(Answer):
    """Everything that is known of a request for mobility."""

    degre: Degree = Field(description="1d ou 2d.")
    campagne: int = Field(description="Année de la rentrée visée.")
    voeux: tuple[VoeuNote, ...] = Field(description="Barème de chaque vœu.")
    limites: tuple[Phrase, ...] = Field(description="Ce que la comparaison aux barres ne dit pas.")
    regles: tuple[Phrase, ...] = Field(default=(), description="Règles du mouvement à connaître.")
    departage: Phrase = Field(description="Départage à barème égal, ou ce qu’on en ignore.")
    extension: Extension | None = Field(default=None, description="Extension des vœux (2d).")
    calendrier: tuple[Etape, ...] = Field(default=(), description="Dates connues.")
    phrase_calendrier: Phrase = Field(default="", description="Ce qu’on ignore du calendrier.")
    local: Local | None = Field(default=None, description="Mouvement local, s’il est demandé.")
    decide_par: Phrase = Field(description="Qui décide.")
    sources: tuple[Reference, ...] = Field(description="Textes lus.")
    a_verifier: bool = Field(description="Vrai si une valeur au moins est à vérifier.")
    motif_a_verifier: Phrase = Field(default="", description="Ce qui est à vérifier.")


_PLURAL = 2
_STRESSED = re.compile(r"\b(?:ET|PLUS PETIT)\b")
"""Words that the tables write in capitals to stress them."""


def words(text: str) -> str:
    """Return a text of the law as people read it: typography, « vœu », no stress by capitals."""
    quieted = _STRESSED.sub(lambda match: match[0].lower(), text)
    return quieted.replace("voeu", "vœu").replace("Voeu", "Vœu")


def points_words(total: float) -> str:
    """Write points with their noun: « 1 point », « 60 points »."""
    return f"{points_text(total)} point{'s' if abs(total) >= _PLURAL else ''}"


def wish(score: WishScore, libelle: str, barres: Sequence[Barre] = ()) -> VoeuNote:
    """Return the score of a wish as it is answered."""
    least = "" if score.complet else " au moins (un critère n’a pas de valeur connue)"
    return VoeuNote(
        rang=score.rang,
        voeu=score.voeu,
        libelle=libelle,
        total=score.total,
        complet=score.complet,
        phrase=words(f"Vœu {score.rang}, {libelle} : {points_text(score.total)} points{least}."),
        lignes=lines(score.lignes),
        ecartes=tuple(_aside(aside) for aside in score.ecartes),
        barres=tuple(barres),
    )


def lines(of: Iterable[CriterionPoints]) -> tuple[Ligne, ...]:
    """Return lines of a score as they are answered."""
    return tuple(_line(line) for line in of)


def _line(line: CriterionPoints) -> Ligne:
    return Ligne(
        critere=line.critere,
        sous_critere=line.sous_critere,
        libelle=words(line.libelle),
        points=line.points,
        calcul=words(line.calcul),
        confiance=line.confidence,
        a_verifier=to_verify(line.confidence),
        source=words(line.source),
    )


def _aside(aside: SetAside) -> Ecarte:
    return Ecarte(
        critere=aside.critere,
        libelle=words(aside.libelle),
        motif=words(aside.motif),
        inconnu=aside.inconnu,
    )


def barre(comparison: Comparison, sens: Literal["entree", "sortie"], lieu: str) -> Barre:
    """Return a comparison with a bar as it is answered."""
    bar = comparison.bar
    return Barre(
        sens=sens,
        lieu=lieu,
        annee=bar.annee if bar else None,
        bareme=bar.bareme if bar else None,
        ecart=comparison.ecart,
        phrase=words(comparison.phrase),
        nb_entrants=bar.nb_entrants if bar else None,
        note=words(bar.note) if bar else "",
        source=citation(bar.papers.text) if bar else "",
        a_verifier=bar is not None and to_verify(bar.papers.confidence),
    )


def calendar(
    degre: Degree, campagne: int, portees: tuple[str, ...] = (), today: date | None = None
) -> tuple[tuple[Etape, ...], str]:
    """Return the known dates of a campaign, and the sentence that says none was found."""
    try:
        dated = stages(degre, campagne, portees, today)
    except PeriodNotCovered as error:
        return (), words(error.message)
    return tuple(_stage(stage) for stage in dated), ""


def _stage(stage: Stage) -> Etape:
    return Etape(
        phase=words(stage.libelle_phase),
        etape=words(stage.libelle),
        debut=stage.debut,
        fin=stage.fin,
        heure_fin=stage.heure_fin,
        portee=stage.portee,
        note=words(stage.note),
        source=citation(stage.papers.text),
        a_verifier=to_verify(stage.papers.confidence),
    )


def references(scores: Iterable[WishScore]) -> tuple[Reference, ...]:
    """Return the texts that give the points of several wishes, each once."""
    letters: dict[str, list[Confiance]] = {}
    for score in scores:
        for line in score.lignes:
            letters.setdefault(words(line.source), []).append(line.confidence)
    return tuple(Reference(texte=text, confiance=worst(seen)) for text, seen in letters.items())


def doubt(scores: Sequence[WishScore]) -> str:
    """Return, in French, which criteria must be verified; "" for none."""
    names = dict.fromkeys(
        line.libelle for score in scores for line in score.lignes if to_verify(line.confidence)
    )
    missing = dict.fromkeys(
        aside.libelle for score in scores for aside in score.ecartes if aside.inconnu
    )
    reasons = [f"à vérifier : {', '.join(names)}"] if names else []
    if missing:
        reasons.append(f"sans valeur connue : {', '.join(missing)}")
    return words(" ; ".join(reasons))
