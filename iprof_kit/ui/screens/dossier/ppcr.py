"""The reclassement of 2017 on Carrière: where the seniority went that I-Prof seemed to lose."""

from __future__ import annotations

from iprof_kit.base.calendar import axis_of, date_of
from iprof_kit.calculate.guides.law_facts import Standing
from iprof_kit.calculate.interface.situation import Periode
from iprof_kit.calculate.reclassement.ppcr import Moved, Reclassement2017
from iprof_kit.services.contract.dossier import Dossier, EchelonTenu
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, placed, worded

_KEPT = "law.ppcr.kept"


def ppcr_words(dossier: Dossier, echelons: tuple[EchelonTenu, ...]) -> str:
    """Say what became of the seniority of 2017, where the history has that line; else nothing."""
    at = next((i for i, e in enumerate(echelons) if e.mode == "reclassement_ppcr"), None)
    if at is None:
        return ""
    line = echelons[at]
    opening = (
        "Ce jour-là, les grilles ont changé : c’est la réforme des parcours, carrières et "
        "rémunérations (PPCR). La date affichée est celle de la réforme, mais votre "
        "ancienneté n’a pas disparu"
    )
    if not line.reliquat_jours:
        return f"{opening} : elle a servi à fixer votre échelon."
    kept = figure(text.were_kept(line.reliquat_jours), _KEPT, line.reliquat_jours)
    following = echelons[at + 1] if at + 1 < len(echelons) else None
    if following is None or following.mode != "anciennete":
        return worded("{} : {}.", opening, kept)
    without = date_of(axis_of(following.date_effet) + line.reliquat_jours)
    gone = "passée" if dossier.identite.civilite == "Madame" else "passé"
    return worded(
        f"{opening} : {{}}. C’est pourquoi vous êtes {gone} "
        f"{text.at_echelon(following.echelon)} le {{}}, et non le {{}}.",
        kept,
        text.dated(following.date_effet, "echelon.effect", following.echelon),
        text.dated(without, "echelon.without_kept", following.echelon),
    )


def gap_words(moved: Reclassement2017, before: Moved) -> str:
    """Return where the rule and the file differ, the two durations with their facts."""
    lengths = (
        figure(text.duration(days), quantity, days)
        for quantity, days in ((f"{_KEPT}.by_rule", moved.by_rule), (_KEPT, before.kept))
        if days
    )
    return placed(moved.gap, *lengths)


def ppcr_day(echelons: tuple[EchelonTenu, ...]) -> str:
    """Return the day of the reform, as the line of the history that it made says it."""
    line = next((one for one in echelons if one.mode == "reclassement_ppcr"), None)
    return text.dated(line.date_effet, "law.ppcr") if line else ""


def number_words(echelons: tuple[EchelonTenu, ...], moved: Reclassement2017 | None) -> str:
    """Say, in full view, that a lower number was no lower index; "" where the number did not fall.

    The two grades that were renumbered in 2017 are those of who reads « 6e » then « 4e ».
    """
    at = next((i for i, e in enumerate(echelons) if e.mode == "reclassement_ppcr"), 0)
    if not at or moved is None:
        return ""
    old, new = echelons[at - 1], echelons[at]
    numbers = (old.echelon, new.echelon)
    same_grade = (old.corps, old.grade) == (new.corps, new.grade)
    if not same_grade or not all(map(str.isdigit, numbers)) or int(new.echelon) >= int(old.echelon):
        return ""
    left, reached = text.echelon_label(old.echelon), text.echelon_label(new.echelon)
    opening = f"Le numéro a baissé, du {left} au {reached}"
    if moved.indices is None:
        return f"{opening} : les échelons ont été renumérotés."
    before, after = moved.indices
    kept = "n’a pas changé" if before == after else "a augmenté" if after > before else "a baissé"
    return (
        f"{opening} : les échelons ont été renumérotés. Votre indice majoré {kept} : {before} la "
        f"veille, {after} ce jour-là."
    )


def moved_2017(dossier: Dossier, echelons: tuple[EchelonTenu, ...]) -> Moved | None:
    """Return what the history holds of that day; None where it has no such line."""
    at = next((i for i, e in enumerate(echelons) if e.mode == "reclassement_ppcr"), None)
    if at is None:
        return None
    before = echelons[at - 1] if at else None
    return Moved(
        _standing(echelons[at]),
        echelons[at].reliquat_jours,
        _standing(before) if before else None,
        before.date_effet if before else None,
        before.reliquat_jours if before else 0,
        tuple(
            Periode(position=p.position, motif=p.motif, debut=p.debut, fin=p.fin)
            for p in dossier.positions
        ),
    )


def _standing(line: EchelonTenu) -> Standing:
    return Standing(line.corps, line.grade, line.echelon, line.chevron)
