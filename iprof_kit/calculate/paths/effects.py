"""What a path would change: words of its row, and the amounts that the tables allow."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from iprof_kit.base.calendar import axis_of, duration_text
from iprof_kit.base.errors import LawError
from iprof_kit.base.words import corps_label, euros_text, known_corps, position_label
from iprof_kit.calculate.interface.aside import aside, not_calculated
from iprof_kit.calculate.paths.question import Effect, EligibilityQuestion
from iprof_kit.calculate.paths.words import POSITIONS
from iprof_kit.law.career.change_of_corps import change_corps
from iprof_kit.law.career.traitement import gross_monthly, indice_majore, point_value
from iprof_kit.law.paths.competitions import PAY_OF_PUPILS, laureate_path
from iprof_kit.law.paths.departure import isrc_ceiling, isrc_floor
from iprof_kit.law.paths.leaves import (
    birth_leave_pay,
    part_time_offers,
    training_leave_allowance,
    training_leave_commitment,
    training_leave_paid_months,
    training_leave_rate,
)
from iprof_kit.law.paths.rows import Path
from iprof_kit.law.tables.cells import CELLS, cell_code

MONTHLY = "euros par mois"
_COLUMNS = {
    "position_statutaire": "position statutaire",
    "remuneration": "rémunération",
    "effet_avancement": "avancement",
    "effet_retraite": "pension",
    "effet_poste": "poste",
    "duree_initiale_mois": "durée initiale, en mois",
    "duree_max_mois": "durée maximale, en mois",
    "renouvelable": "renouvellement",
}


def effects_of(path: Path, question: EligibilityQuestion) -> tuple[Effect, ...]:
    """Return the effects of a path: those its row tells, then those that can be computed."""
    written = tuple(
        Effect(
            libelle=label,
            texte=POSITIONS.get(path.text(column), path.text(column)),
            paie=column == "remuneration",
        )
        for column, label in _COLUMNS.items()
        if path.text(column)
    )
    if path.text("corps_acces"):
        written = (*written, *_corps(path, question))
    compute = _COMPUTED.get(path.code)
    computed, unsaid = aside(lambda: compute(path, question) if compute else ())
    reason = (Effect(libelle="effet chiffré", texte=unsaid),) if unsaid else ()
    return (*written, *(computed or ()), *reason)


def _cell(question: EligibilityQuestion) -> int | None:
    if question.corps is None or question.grade is None or question.echelon is None:
        return None
    return cell_code(question.corps, question.grade, question.echelon, question.chevron)


def _index(question: EligibilityQuestion) -> int | None:
    cell = _cell(question)
    if cell is None:
        return None
    return int(indice_majore(np.array([cell]), axis_of(question.jour))[0])


def _gross(question: EligibilityQuestion) -> float | None:
    index, day = _index(question), axis_of(question.jour)
    return None if index is None else float(gross_monthly(index, point_value(day)))


def _no_pay(label: str) -> tuple[Effect, ...]:
    return (
        Effect(
            libelle=label,
            texte="non calculé : corps, grade et échelon manquants",
            unite=MONTHLY,
            paie=True,
        ),
    )


def _corps(path: Path, question: EligibilityQuestion) -> tuple[Effect, ...]:
    names = [
        corps_label(code) if code in known_corps() else path.label
        for code in path.text("corps_acces").split(";")
    ]
    target = Effect(libelle="corps d’accès", texte=" ou ".join(dict.fromkeys(names)))
    return (target, *_classement(path, question), *_laureate(path, question))


def _classement(path: Path, question: EligibilityQuestion) -> tuple[Effect, ...]:
    """Place the person in the corps of access, as if it were on the day asked."""
    label, target, cell = "classement au jour demandé", path.text("corps_acces"), _cell(question)
    if cell is None or question.corps == target or target not in known_corps():
        return ()
    if question.anciennete_echelon_jours is None:
        return (
            Effect(libelle=label, texte="non calculé : ancienneté d’échelon manquante", paie=True),
        )
    if question.grade != "classe_normale":
        text = "non calculé : le temps passé au 11e échelon manque ; voir le sujet reclassement"
        return (Effect(libelle=label, texte=text, paie=True),)
    days = np.array([question.anciennete_echelon_jours])
    try:
        placed = change_corps(np.array([cell]), days, target, axis_of(question.jour))
    except LawError as error:
        return (Effect(libelle=label, texte=not_calculated(error), paie=True),)
    new, kept = int(placed.cell[0]), int(placed.days_kept[0])
    where = position_label(CELLS.grade[new], CELLS.echelon[new], CELLS.chevron[new] or None)
    text = f"{where}, ancienneté conservée : {duration_text(kept)}"
    index = int(indice_majore(np.array([new]), axis_of(question.jour))[0])
    return (Effect(libelle=label, texte=text, montant=index, unite="indice majoré", paie=True),)


def _laureate(path: Path, question: EligibilityQuestion) -> tuple[Effect, ...]:
    if not path.code.endswith("_EXT_L3") or question.master is None:
        return ()
    master = "" if question.master == "autre" else question.master
    return tuple(
        Effect(
            libelle=row.text("cle").replace("_", " "),
            texte=" ; ".join(filter(None, (row.text("valeur"), row.text("condition")))),
            unite=row.text("unite"),
            paie=row.text("cle") in PAY_OF_PUPILS,
        )
        for row in laureate_path(master)
    )


def _part_time(path: Path, question: EligibilityQuestion) -> tuple[Effect, ...]:
    index, day = _index(question), axis_of(question.jour)
    point = None if index is None else float(point_value(day))
    return tuple(
        Effect(
            libelle=f"traitement brut à {offer.quotite} %",
            texte=f"payé {offer.numerator}/{offer.denominator} du temps plein",
            montant=offer.amount,
            unite=MONTHLY,
            paie=True,
        )
        for offer in part_time_offers(path.code, index, point)
    )


def _training(path: Path, question: EligibilityQuestion) -> tuple[Effect, ...]:
    priority, day = path.code != "CFP", question.jour
    paid = training_leave_paid_months(priority, day)
    owed = int(training_leave_commitment(paid, day))
    rates = training_leave_rate(np.arange(1, paid + 1), priority, day)
    terms = (
        Effect(
            libelle="mois indemnisés",
            texte=_rates(rates.tolist()),
            montant=paid,
            unite="mois",
            paie=True,
        ),
        Effect(
            libelle="engagement de servir",
            texte="pour la durée indemnisée entière",
            montant=owed,
            unite="mois",
        ),
    )
    label, gross = "indemnité mensuelle au taux réduit", _gross(question)
    if gross is None:
        return (*terms, *_no_pay(label))
    residence = question.indemnite_residence
    allowance = training_leave_allowance([gross], [residence or 0.0], day)
    text = "avec l’indemnité de résidence déclarée"
    if residence is None:
        text = "sur le seul traitement : indemnité de résidence manquante"
    if not allowance.under_cap[0]:
        text += " ; avant plafond : l’indice majoré de l’indice brut du plafond n’est pas connu"
    amount = float(allowance.amount[0])
    return (*terms, Effect(libelle=label, texte=text, montant=amount, unite=MONTHLY, paie=True))


def _rates(rates: list[int]) -> str:
    return " puis ".join(f"{rates.count(rate)} mois à {rate} %" for rate in dict.fromkeys(rates))


def _birth(question: EligibilityQuestion) -> tuple[Effect, ...]:
    label, gross = "traitement du congé", _gross(question)
    if gross is None:
        return _no_pay(label)
    try:
        pays = [float(birth_leave_pay(gross, month, question.jour)) for month in (1, 2)]
    except LawError as error:
        return (Effect(libelle=label, texte=not_calculated(error), paie=True),)
    return tuple(
        Effect(
            libelle=f"{label}, mois {rank}",
            texte=f"soit {euros_text(amount)}",
            montant=amount,
            unite=MONTHLY,
            paie=True,
        )
        for rank, amount in enumerate(pays, start=1)
    )


def _departure(question: EligibilityQuestion) -> tuple[Effect, ...]:
    annual, years = question.remuneration_brute_annuelle, question.anciennete_rupture_annees
    missing = [
        name
        for name, value in (
            ("rémunération brute annuelle", annual),
            ("ancienneté en années complètes", years),
        )
        if value is None
    ]
    if annual is None or years is None:
        text = f"non calculée : {' et '.join(missing)} à donner"
        return (Effect(libelle="indemnité de rupture", texte=text, unite="euros", paie=True),)
    least, most = float(isrc_floor(annual, years)), float(isrc_ceiling(annual, years))
    text = f"pour {years} années complètes ; le montant se convient entre le plancher et le plafond"
    return (
        Effect(
            libelle="indemnité de rupture, plancher",
            texte=text,
            montant=least,
            unite="euros",
            paie=True,
        ),
        Effect(
            libelle="indemnité de rupture, plafond",
            texte=text,
            montant=most,
            unite="euros",
            paie=True,
        ),
    )


_COMPUTED: dict[str, Callable[[Path, EligibilityQuestion], tuple[Effect, ...]]] = {
    "TP_AUTORISATION": _part_time,
    "TP_DROIT": _part_time,
    "CFP": _training,
    "CFP_PUBLICS_PRIORITAIRES": _training,
    "CONGE_NAISSANCE": lambda _path, question: _birth(question),
    "RUPTURE_CONV": lambda _path, question: _departure(question),
}
