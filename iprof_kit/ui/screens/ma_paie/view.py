"""Vos perspectives › Ma paie: the payslip of a month, line by line, and what changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.calculate.pay import choices as pay_choices
from iprof_kit.calculate.pay.question import PayAnswer, PayQuestion, PayTotaux
from iprof_kit.ui.fields.carnet_view import CarnetView
from iprof_kit.ui.fields.typed_fields import FieldGroup
from iprof_kit.ui.screens.ma_paie.changes import Change
from iprof_kit.ui.screens.ma_paie.gap import GapView
from iprof_kit.ui.screens.ma_paie.slip import SlipRow, doubtful_total, employer_rows, slip_rows
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Field, Page

TITLE = "Ma paie"
_LEFT_OUT = (
    "Absences, grèves et rappels ne sont pas demandés : un bulletin qui en porte est différent.",
    "Retenues volontaires et prestations d’action sociale ne sont pas comptées.",
)


@dataclass(frozen=True)
class KeyFigure:
    """One figure of the head."""

    label: str
    amount: str
    note: str = ""
    verify: bool = False


@dataclass(frozen=True)
class MaPaieView(Page):
    """The pay of one person."""

    keys: tuple[KeyFigure, ...] = ()
    groups: tuple[FieldGroup, ...] = ()
    form_key: str = ""
    assumed: tuple[str, ...] = ()
    month: str = ""
    rows: tuple[SlipRow, ...] = ()
    employer: tuple[SlipRow, ...] = ()
    motive: str = ""
    months: tuple[Field, ...] = ()
    compared: Change | None = None
    steps: tuple[Change, ...] = ()
    no_step: str = ""
    bulletin: tuple[Field, ...] = ()
    gap: GapView | None = None
    left_out: tuple[str, ...] = ()
    reminder: str = ""
    carnet: CarnetView | None = None
    empty: str = ""


def no_corps() -> MaPaieView:
    """Return the screen of a person who has no corps."""
    return MaPaieView(
        TITLE,
        lead_strong="Pas de corps, donc pas de paie calculée.",
        lead="Ce kit calcule la paie des fonctionnaires d’un corps.",
        empty="Votre contrat fixe votre rémunération : votre service gestionnaire répond, et votre "
        "bulletin de paie fait foi.",
    )


def slip_view(
    view: MaPaieView, answer: PayAnswer, question: PayQuestion, mean: PayTotaux | None
) -> MaPaieView:
    """Return the view with the payslip of an answer, and the net of an ordinary month beside."""
    month = text.month(question.date)
    totals = answer.totaux
    place = text.at_place(
        text.position_label(str(question.grade), str(question.echelon), question.chevron)
    )
    share = "" if question.quotite == 100 else f", à {question.quotite:g} %"
    rows = slip_rows(answer, question)
    gross, net = (doubtful_total(answer.lignes, name) for name in ("brut", "net_avant_impot"))
    return replace(
        view,
        lead_strong=text.french(
            f"{text.marked(f'{text.money(totals.net_avant_impot)} nets avant impôt', net)} en "
            f"{month},"
        ),
        lead=text.french(
            f"pour {text.marked(f'{text.money(totals.brut)} bruts', gross)}, {place}{share}. "
            "Le bulletin de paie établi par l’administration fait foi."
        ),
        keys=_keys(answer, question, mean),
        month=month,
        rows=rows,
        employer=employer_rows(answer),
        motive=answer.motif_a_verifier,
        left_out=(
            *(text.sentence(said) for said in answer.non_calcules),
            *map(text.french, (*_LEFT_OUT, *_sick_leave(question.date))),
        ),
        reminder=text.sentence(answer.rappel),
    )


def _sick_leave(on: date) -> tuple[str, ...]:
    """Return what a sick leave would be paid, as the tables say it."""
    found = pay_choices.sick_leave(on)
    if found is None:
        return ()
    days = "un jour non payé" if found.waiting == 1 else f"{found.waiting} jours non payés"
    said = (
        f"En congé de maladie ordinaire : {days} (carence), puis {found.first_percent:g} % du "
        f"traitement pendant {found.first_months} mois et {found.next_percent:g} % les "
        f"{found.next_months} mois suivants (vérifié le {text.day(found.verified)})."
    )
    return (said,)


def _allowances(answer: PayAnswer) -> str:
    amount = answer.totaux.indemnites
    return (
        text.french(f"dont {text.money(amount)} de primes, indemnités et heures") if amount else ""
    )


def _mean(mean: PayTotaux | None) -> str:
    """Return the other net of the kit: that of « Et si… », « Retraite » and the next step."""
    if mean is None:
        return ""
    amount = text.money(mean.net_avant_impot)
    return text.french(f"{amount} un mois moyen, primes de l’année réparties par douzièmes")


def _key(answer: PayAnswer, total: str, label: str, note: str = "") -> KeyFigure:
    amount = text.money(getattr(answer.totaux, total))
    return KeyFigure(label, amount, note, doubtful_total(answer.lignes, total))


def _keys(
    answer: PayAnswer, question: PayQuestion, mean: PayTotaux | None
) -> tuple[KeyFigure, ...]:
    keys = [
        _key(answer, "brut", "Total brut", _allowances(answer)),
        _key(answer, "net_avant_impot", "Net avant impôt", _mean(mean)),
        _key(answer, "net_imposable", "Net imposable", "base de l’impôt"),
    ]
    if answer.totaux.net_a_payer is not None:
        rate = f"{question.taux_pas:g} %".replace(".", ",")
        note = text.french(f"à votre taux, {rate}")
        keys.append(_key(answer, "net_a_payer", "Net à payer", note))
    elif pay_choices.tax_is_withheld(question.date):
        keys.append(
            KeyFigure(
                "Net à payer", "Taux à indiquer", "votre taux de prélèvement est demandé plus bas"
            )
        )
    return tuple(keys)
