"""A contact detail as a person types it: kept as it is, or told what is wrong and how to mend it.

Telephones are judged by the length that the plans of `phonenumbers` allow, e-mail addresses by
`email-validator` (their form only: nobody is asked whether they exist).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import String, inspect

from iprof_kit.base.characters import name_of, tidy, unfit
from iprof_kit.base.reference import written_rows
from iprof_kit.records.agents import Agent
from iprof_kit.services.contract.own_file import Champ, ErreurChamp

LONGEST_COUNTRY = 60
_FRANCE = {"", "france"}
_POSTAL = re.compile(r"(\d{2})\s?(\d{3})")
_BEYOND = ("980", "986", "987", "988")
"""Monaco, Wallis-et-Futuna, Polynésie française, Nouvelle-Calédonie: not départements."""
_REGIONS = {"975": "PM", "986": "WF", "987": "PF", "988": "NC"}
"""Postal prefixes whose numbers have six or eight digits; the other ones overseas have ten."""
_SHORT_PLANS = frozenset(_REGIONS.values())
_NATIONAL = re.compile(r"0[1-9]\d{8}")


Form = Mapping[Champ, str]


class _Wrong(Exception):  # noqa: N818  # a way out of a check, never seen outside
    """What is wrong, and what to do."""


def checked(
    typed: Mapping[Champ, str], shown: Mapping[Champ, str]
) -> tuple[dict[Champ, str], list[ErreurChamp]]:
    """Return what may be kept of the fields that differ from what is shown, and what is wrong.

    Parameters
    ----------
    typed : mapping
        The fields of the form.
    shown : mapping
        What the screen showed in each field: it is not judged again where it did not change.
    """
    one_line = {name: _spaces(value) for name, value in typed.items()}
    after: dict[Champ, str] = {**shown, **one_line}
    changed = [name for name, value in one_line.items() if value != shown.get(name, "")]
    if "pays" in changed and "code_postal" not in changed:
        changed.append("code_postal")
    kept: dict[Champ, str] = {}
    faults = []
    for name in changed:
        value = after.get(name, "")
        try:
            _measured(name, value)
            if value:
                _CHECKS[name](value, after)
        except _Wrong as wrong:
            message, remedy = wrong.args
            faults.append(ErreurChamp(champ=name, message=message, remede=remedy))
        else:
            if name in one_line:
                kept[name] = value
    return kept, faults


def _spaces(value: str) -> str:
    return " ".join(tidy(value).split(" ")).strip()


def _measured(name: str, value: str) -> None:
    longest = _longest(name)
    if len(value) > longest:
        raise _Wrong(f"Ce texte compte {len(value)} caractères.", f"Il en tient {longest} au plus.")
    if wrong := unfit(value):
        raise _Wrong(
            f"Ce texte contient {name_of(wrong)}.",
            "Effacez le champ, puis saisissez-le au clavier.",
        )


def _street(value: str, _all: Form) -> None:
    if not any(letter.isalpha() for letter in value):
        raise _Wrong(
            "Cette adresse ne contient aucun mot.", "Indiquez le numéro et la voie, ou le lieu-dit."
        )


def _town(value: str, _all: Form) -> None:
    if not any(letter.isalpha() for letter in value):
        raise _Wrong(
            "Ce nom de commune ne contient aucune lettre.",
            "Écrivez le nom de la commune ; le code postal a son champ.",
        )


def _country(value: str, _all: Form) -> None:
    if not any(letter.isalpha() for letter in value):
        raise _Wrong(
            "Ce nom de pays ne contient aucune lettre.",
            "Écrivez le nom du pays, ou laissez le champ vide pour la France.",
        )


def _postal_code(value: str, form: Form) -> None:
    if form.get("pays", "").strip().lower() not in _FRANCE:
        return
    match = _POSTAL.fullmatch(value)
    if not match:
        raise _Wrong(
            "Ce code postal n’a pas cinq chiffres.",
            "Exemples : 63000, 97400. Hors de France, indiquez aussi le pays.",
        )
    digits = "".join(match.groups())
    if digits[:2] not in _prefixes() and digits[:3] not in _prefixes():
        raise _Wrong(
            f"Aucun code postal français ne commence par {digits[:2]}.",
            "Vérifiez les deux premiers chiffres, ceux du département.",
        )


def _phone(value: str, form: Form) -> None:
    if not re.fullmatch(r"[0-9+().\-/\s\u00a0\u202f]+", value):
        raise _Wrong(
            "Ce numéro contient autre chose que des chiffres.",
            "Écrivez le numéro seul, par exemple 04 65 71 20 20.",
        )
    digits = "".join(one for one in value if one.isdigit())
    abroad = value.strip().startswith(("+", "00"))
    region = _REGIONS.get(form.get("code_postal", "").replace(" ", "")[:3])
    if abroad:
        known = _possible("+" + (digits if "+" in value else digits[2:]), None)
    else:
        known = bool(_NATIONAL.fullmatch(digits)) or (
            region in _SHORT_PLANS and _possible(digits, region)
        )
    if known:
        return  # its length is right: which numbers are in use changes every month
    many = f"{len(digits)} chiffre{'s' if len(digits) > 1 else ''}"
    if abroad:
        raise _Wrong(
            f"Avec cet indicatif, un numéro n’a pas {many}.",
            "Vérifiez l’indicatif du pays et le nombre de chiffres.",
        )
    raise _Wrong(
        f"Ce numéro a {many}.",
        "Un numéro français en a dix et commence par 0. Hors de France, commencez par + "
        "et l’indicatif du pays.",
    )


def _email(value: str, _all: Form) -> None:
    if "@" not in value:
        raise _Wrong("Cette adresse n’a pas de signe @.", "Exemple : prenom.nom@fournisseur.fr.")
    try:
        validate_email(value, check_deliverability=False)
    except EmailNotValidError:
        before, _, after = value.rpartition("@")
        where = "après le signe @" if before and "." not in after else "dans cette adresse"
        raise _Wrong(
            f"Quelque chose manque ou est en trop {where}.",
            "Vérifiez les points, les espaces et la fin de l’adresse.",
        ) from None


def email_fault(value: str) -> tuple[str, str] | None:
    """Return what is wrong with an e-mail address, and what to do; None where it is one.

    Examples
    --------
    >>> email_fault("jean.dupont@ac-clermont.fr"), email_fault("a@x.fr, b@x.fr") is None
    (None, False)
    """
    try:
        _email(value, {})
    except _Wrong as wrong:
        reason, remedy = wrong.args
        return reason, remedy
    return None


_CHECKS: dict[str, Callable[[str, Form], None]] = {
    "rue": _street,
    "code_postal": _postal_code,
    "ville": _town,
    "pays": _country,
    "telephone": _phone,
    "portable": _phone,
    "courriel_personnel": _email,
}


def _possible(number: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False


@cache
def _prefixes() -> frozenset[str]:
    """Return how a French postal code may begin: two digits, or three overseas."""
    codes = {row["code_insee"] for row in written_rows("departements")}
    known = {"20" if code in {"2A", "2B"} else code for code in codes}
    return frozenset(known | set(_BEYOND))


def _longest(name: str) -> int:
    if name == "pays":
        return LONGEST_COUNTRY
    kind: Any = inspect(Agent).columns[name].type
    return kind.length if isinstance(kind, String) and kind.length else 200
