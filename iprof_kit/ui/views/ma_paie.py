"""Vos perspectives › Ma paie: the payslip of a month, line by line, and what changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from iprof_kit.calculate import pay_choices
from iprof_kit.calculate.pay_question import PayAnswer, PayLigne, PayQuestion, PayTotaux
from iprof_kit.ui import text
from iprof_kit.ui.views.carnet import CarnetView
from iprof_kit.ui.views.ma_paie_changes import Change
from iprof_kit.ui.views.ma_paie_gap import GapView
from iprof_kit.ui.views.parts import Field, Page, Pair, Why
from iprof_kit.ui.views.typed_fields import FieldGroup

TITLE = "Ma paie"
_OUT = ("a_deduire", "retenue")
_MONTHLY = (
    "TIB", "BI", "NBI", "IR", "SFT", "IND_DIFFERENTIELLE", "MAJORATION", "INDEX", "COEFFICIENT",
    "IC_CSG",
)  # fmt: skip
_HOURLY = ("HSE", "HS_1D_ENSEIGNEMENT", "HS_1D_ETUDE_SURVEILLEE", "HS_1D_SURVEILLANCE")
_LEFT_OUT = (
    "Absences, grèves et rappels ne sont pas demandés : un bulletin qui en porte est différent.",
    "Frais de transport, retenues volontaires et prestations d’action sociale ne sont pas comptés.",
)


@dataclass(frozen=True)
class SlipRow:
    """One line of the payslip; what is not concerned is empty."""

    id: str
    label: str
    base: str
    rate: str
    gain: str = ""
    out: str = ""
    remark: str = ""
    verify: bool = False
    total: bool = False
    why: Why | None = None


@dataclass(frozen=True)
class KeyFigure:
    """One figure of the head."""

    label: str
    amount: str
    note: str = ""


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


def slip_view(view: MaPaieView, answer: PayAnswer, question: PayQuestion) -> MaPaieView:
    """Return the view with the payslip of an answer."""
    month = text.month(question.date)
    totals = answer.totaux
    place = text.standing(str(question.grade), str(question.echelon), question.chevron)
    share = "" if question.quotite == 100 else f", à {question.quotite:g} %"
    rows = _rows(answer)
    return replace(
        view,
        lead_strong=text.french(
            f"{text.money(totals.net_avant_impot)} nets avant impôt en {month},"
        ),
        lead=text.french(
            f"pour {text.money(totals.brut)} bruts, {_at(place)}{share}. Le bulletin de "
            "paie établi par l’administration fait foi."
        ),
        keys=_keys(totals, question),
        month=month,
        rows=rows,
        employer=_employer(answer),
        motive=answer.motif_a_verifier,
        left_out=(
            *(text.sentence(said) for said in answer.non_calcules),
            *map(text.french, _LEFT_OUT),
        ),
        reminder=text.sentence(answer.rappel),
    )


def _at(place: str) -> str:
    return (
        f"à l’{place}"
        if place.startswith("échelon")
        else (f"au {place}" if place[0].isdigit() else f"en {place}")
    )


def _keys(totals: PayTotaux, question: PayQuestion) -> tuple[KeyFigure, ...]:
    keys = [
        KeyFigure("Total brut", text.money(totals.brut)),
        KeyFigure("Net avant impôt", text.money(totals.net_avant_impot)),
        KeyFigure("Net imposable", text.money(totals.net_imposable), "base de l’impôt"),
    ]
    if totals.net_a_payer is not None:
        rate = f"{question.taux_pas:g} %".replace(".", ",")
        keys.append(
            KeyFigure(
                "Net à payer", text.money(totals.net_a_payer), text.french(f"à votre taux, {rate}")
            )
        )
    elif pay_choices.tax_is_withheld(question.date):
        keys.append(
            KeyFigure(
                "Net à payer", "Taux à indiquer", "votre taux de prélèvement est demandé plus bas"
            )
        )
    return tuple(keys)


def _rows(answer: PayAnswer) -> tuple[SlipRow, ...]:
    """Return the lines in the order of a payslip, with its totals."""
    own = [line for line in answer.lignes if line.nature != "patronal"]
    tax = [line for line in own if line.code == "PAS"]
    gains = [line for line in own if line.nature == "gain"]
    others = [line for line in own if line.nature != "gain" and line.code != "PAS"]
    totals = answer.totaux
    rows = [*_lines(gains), _total("brut", "Total brut", totals.brut)]
    rows += [*_lines(others), _total("net", "Net à payer avant impôt", totals.net_avant_impot)]
    rows.append(_total("imposable", "dont net imposable", totals.net_imposable))
    if totals.net_a_payer is not None:
        rows += [*_lines(tax), _total("paye", "Net à payer", totals.net_a_payer)]
    return tuple(rows)


def _employer(answer: PayAnswer) -> tuple[SlipRow, ...]:
    lines = [line for line in answer.lignes if line.nature == "patronal"]
    if not lines:
        return ()
    cost = _total("cout", "Brut et contributions connues", answer.totaux.cout_employeur)
    return (*_lines(lines), cost)


def _total(code: str, label: str, amount: float) -> SlipRow:
    return SlipRow(f"t-{code}", label, "", "", gain=text.money(amount), total=True)


def _lines(lines: Sequence[PayLigne]) -> list[SlipRow]:
    seen: dict[str, int] = {}
    rows = []
    for line in lines:
        seen[line.code] = seen.get(line.code, 0) + 1
        rows.append(_line(line, f"l-{line.code.lower().replace('_', '-')}-{seen[line.code]}"))
    return rows


def _line(line: PayLigne, row_id: str) -> SlipRow:
    amount = text.money(line.montant)
    out = line.nature in _OUT
    return SlipRow(
        row_id,
        text.french(line.libelle),
        _base(line),
        _percent(line.taux),
        gain="" if out else amount,
        out=amount if out else "",
        verify=line.a_verifier,
        remark=text.french(line.remarque) if line.a_verifier else "",
        why=_why(line, amount),
    )


def _base(line: PayLigne) -> str:
    """Return what a rate or a share applies to; a prime is known by its annual amount."""
    if line.base is None:
        return ""
    amount = text.money(line.base)
    if line.nature != "gain" or line.code in _MONTHLY:
        return amount
    return f"{amount} {'l’heure' if line.code in _HOURLY else 'par an'}"


def _percent(rate: float | None) -> str:
    return "" if rate is None else text.french(f"{rate:g} %".replace(".", ","))


def _why(line: PayLigne, amount: str) -> Why:
    pairs = [
        Pair("Base", _base(line)) if line.base is not None else None,
        Pair("Taux", _percent(line.taux)) if line.taux is not None else None,
        Pair(text.french(line.libelle), amount, verify=line.a_verifier, result=True),
    ]
    return Why(
        text.french(f"Pourquoi {amount} ?"),
        text.sentence(pay_choices.rule_sentence(line.code)),
        tuple(pair for pair in pairs if pair),
        (text.french(f"{line.source} (confiance {line.confiance})"),),
    )
