"""A year of training: the hours that the service counts, and the personal account."""

from __future__ import annotations

from iprof_kit.base.calendar import school_year, school_year_text
from iprof_kit.base.explanation import datum, explain, hypothesis
from iprof_kit.base.reference import in_first_degree
from iprof_kit.base.words import NBSP
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.interface.why import doubts, explain_or_refusal, texts_of
from iprof_kit.calculate.training.question import (
    FormationAnswer,
    FormationQuestion,
    FormationSuivie,
)
from iprof_kit.law.paths.training import (
    animation_hours,
    counted_hours,
    cpf_hours,
    hours_text,
    is_published_fraction,
)


def answer(question: FormationQuestion) -> FormationAnswer:
    """Count the hours of training of one person in the school year of a day.

    Examples
    --------
    >>> from datetime import date
    >>> year = answer(FormationQuestion(
    ...     aujourdhui=date(2026, 11, 25), corps="pe",
    ...     suivies=(FormationSuivie(jour=date(2026, 10, 7), heures=6),),
    ... ))
    >>> year.heures_comptees, year.heures_dues
    (6.0, 18.0)
    """
    year = school_year(question.aujourdhui)
    followed = [one for one in question.suivies if _year(one) == year]
    training = sum(one.heures for one in followed if one.compte and one.nature == "formation")
    animation = sum(one.heures for one in followed if one.compte and one.nature == "animation")
    plain = FormationAnswer(
        annee_scolaire=school_year_text(year),
        heures_suivies=sum(one.heures for one in followed),
        heures_formation=training,
        heures_animation=animation,
        heures_cpf_fin_annee=_account(question),
    )
    if not in_first_degree(question.corps):
        return plain

    def count() -> tuple[float, float]:
        return _hours_that_count(question.quotite, training, animation)

    with explain() as trace:  # its texts and its doubts are shown beside the hours
        due, counts = count()
    unknown = not bool(is_published_fraction([question.quotite])[0])
    reasons = (*_of_the_share(question.quotite), *doubts(trace))
    asked = f"Pourquoi {hours_text(counts)} sur {hours_text(due)} ?"
    return plain.model_copy(
        update={
            "heures_dues": due,
            "heures_comptees": counts,
            "quotite_sans_source": unknown,
            "a_verifier": bool(reasons),
            "motifs": reasons,
            "explication": explain_or_refusal(asked, count) if question.expliquer else None,
            "sources": texts_of(trace),
        }
    )


def _year(one: FormationSuivie) -> int:
    return school_year(one.jour)


def _account(question: FormationQuestion) -> int | None:
    if question.heures_cpf is None:
        return None
    return int(cpf_hours([question.heures_cpf], question.aujourdhui.year)[0])


def _hours_that_count(quotite: int, training: float, animation: float) -> tuple[float, float]:
    """Return the hours due in the year and those that count."""
    if _of_the_share(quotite):
        hypothesis("Part due supposée", "celle du temps plein, faute de source")
    due = float(animation_hours([quotite])[0])
    datum("Formation continue suivie", hours_text(training))
    datum("Animations pédagogiques suivies", hours_text(animation))
    return due, float(counted_hours([due], [training], [animation])[0])


def _of_the_share(quotite: int) -> tuple[str, ...]:
    """Return why the hours due must be verified: no source gives those of this part-time."""
    if bool(is_published_fraction([quotite])[0]):
        return ()
    share = f"la part due à {quotite}{NBSP}% n’a pas de source ici"
    return (f"{share} : celle du temps plein est montrée",)


SUBJECT = Subject(
    name="formation",
    title="Les heures de formation d’une année scolaire, et le compte personnel de formation.",
    question=FormationQuestion,
    answer=FormationAnswer,
    one=answer,
)
