"""The subjects of calculation, by the word that the command line uses."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

from iprof_kit.base.errors import InputError
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.interface.subject import Answer, Subject

if TYPE_CHECKING:
    import pandas as pd

    from iprof_kit.calculate import models

Given: TypeAlias = Mapping[str, Any] | str
"""A question as its fields, or as its JSON text."""

HOMES = {
    "echelon": "career.echelon",
    "career": "career.calculation",
    "et-si": "et_si.calculation",
    "promotion": "promotion.calculation",
    "tirage": "promotion.tirage",
    "vivier": "promotion.vivier",
    "reclassement": "reclassement.calculation",
    "bareme": "promotion.bareme",
    "rendez-vous": "career.rendez_vous.calculation",
    "bonification": "career.bonification",
    "quota": "career.quota",
    "pay": "pay.calculation",
    "mobility": "mobility.calculation",
    "pension": "pension.calculation",
    "eligibility": "paths.calculation",
    "anciennetes": "anciennetes.calculation",
    "campagnes": "campaigns.calculation",
    "demande": "requests.calculation",
    "formation": "training.calculation",
    "maladie": "illness.calculation",
    "trop-percu": "overpayment.calculation",
}
"""Each subject and the module of `iprof_kit.calculate` that holds its `SUBJECT`."""


def subject(name: str) -> Subject[Any, Any]:
    """Return a subject.

    Raises
    ------
    InputError
        Unknown subject; the message lists the known ones.

    Examples
    --------
    >>> from iprof_kit.calculate import subject
    >>> sorted(subject("quota").question.model_fields)
    ['annee_precedente', 'listes', 'nature', 'taux_pour_cent']
    """
    if name not in HOMES:
        raise InputError(
            f"le sujet « {name} » n’existe pas.",
            where="sujet",
            remedy=f"Sujets : {', '.join(HOMES)}.",
        )
    module = import_module(f"iprof_kit.calculate.{HOMES[name]}")
    chosen: Subject[Any, Any] = module.SUBJECT
    return chosen


@overload
def ask(
    name: Literal["echelon"], question: models.EchelonQuestion | Given
) -> models.EchelonAnswer: ...
@overload
def ask(
    name: Literal["career"], question: models.CareerQuestion | Given
) -> models.CareerAnswer: ...
@overload
def ask(name: Literal["et-si"], question: models.EtSiQuestion | Given) -> models.EtSiAnswer: ...
@overload
def ask(
    name: Literal["promotion"], question: models.PromotionQuestion | Given
) -> models.PromotionAnswer: ...
@overload
def ask(
    name: Literal["tirage"], question: models.TirageQuestion | Given
) -> models.TirageAnswer: ...
@overload
def ask(
    name: Literal["vivier"], question: models.VivierQuestion | Given
) -> models.VivierAnswer: ...
@overload
def ask(
    name: Literal["reclassement"], question: models.ReclassementQuestion | Given
) -> models.ReclassementAnswer: ...
@overload
def ask(
    name: Literal["bareme"], question: models.BaremeQuestion | Given
) -> models.BaremeAnswer: ...
@overload
def ask(
    name: Literal["rendez-vous"], question: models.RendezVousQuestion | Given
) -> models.RendezVousAnswer: ...
@overload
def ask(
    name: Literal["bonification"], question: models.BonificationQuestion | Given
) -> models.BonificationAnswer: ...
@overload
def ask(name: Literal["quota"], question: models.QuotaQuestion | Given) -> models.QuotaAnswer: ...
@overload
def ask(name: Literal["pay"], question: models.PayQuestion | Given) -> models.PayAnswer: ...
@overload
def ask(
    name: Literal["mobility"], question: models.MobilityQuestion | Given
) -> models.MobilityAnswer: ...
@overload
def ask(
    name: Literal["pension"], question: models.PensionQuestion | Given
) -> models.PensionAnswer: ...
@overload
def ask(
    name: Literal["eligibility"], question: models.EligibilityQuestion | Given
) -> models.EligibilityAnswer: ...
@overload
def ask(
    name: Literal["anciennetes"], question: models.AnciennetesQuestion | Given
) -> models.AnciennetesAnswer: ...
@overload
def ask(
    name: Literal["campagnes"], question: models.CampagnesQuestion | Given
) -> models.CampagnesAnswer: ...
@overload
def ask(
    name: Literal["demande"], question: models.DemandeQuestion | Given
) -> models.DemandeAnswer: ...
@overload
def ask(
    name: Literal["formation"], question: models.FormationQuestion | Given
) -> models.FormationAnswer: ...
@overload
def ask(
    name: Literal["maladie"], question: models.MaladieQuestion | Given
) -> models.MaladieAnswer: ...
@overload
def ask(
    name: Literal["trop-percu"], question: models.TropPercuQuestion | Given
) -> models.TropPercuAnswer: ...
@overload
def ask(name: str, question: Plain | Given) -> Answer: ...
def ask(name: str, question: Plain | Given) -> Answer:
    """Answer one question.

    Parameters
    ----------
    name : str
        Subject: « pay », « pension »…
    question : Plain, mapping or str
        The subject's question, its fields, or its JSON text.

    Returns
    -------
    Answer
        That of the subject, whose type a checker knows by its name: `PayAnswer` for « pay ».

    Raises
    ------
    InputError
        What is wrong in the question, in which field, and the values allowed.
    LawError
        The tables of the law do not answer.

    Examples
    --------
    Of 132 people of a list, 30 % may have a bonification: 39,6, of which the decimal waits.

    >>> from iprof_kit import ask
    >>> answer = ask("quota", {"listes": [{"nom": "6e", "effectif": 132}]})
    >>> answer.listes[0].accordees, answer.listes[0].report
    (39, 0.6)
    """
    chosen = subject(name)
    if not isinstance(question, chosen.question):
        given = question.model_dump() if isinstance(question, Plain) else question
        question = question_of(chosen.question, given)
    answer: Answer = chosen.one(question)
    return answer


def ask_table(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Answer one question a row; see `interface.columns.run_columns`.

    Examples
    --------
    >>> import pandas as pd
    >>> from iprof_kit.calculate import ask_table
    >>> lists = ['[{"nom": "6e", "effectif": 132}]', '[{"nom": "6e", "effectif": -1}]']
    >>> answers = ask_table("quota", pd.DataFrame({"listes": lists}))
    >>> (answers["erreur"] == "").tolist()
    [True, False]
    """
    from iprof_kit.calculate.interface.columns import run_columns

    return run_columns(subject(name), frame)
