"""What a first code is: 128 random bits, fit to be typed from paper, a fault seen before any look.

Seven groups of four signs. No two signs look alike: what is typed for one that is left out is read
as the one that it looks like. The last sign checks the others: one wrong sign, or two neighbours
that changed places, are always seen, since 29 is prime and no two places weigh the same.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

from iprof_kit.base.errors import InputError

BITS = 128
_SIGNS = "0123456789ACDEFGHJKMNPQRTVWXY"
_LOOK_ALIKES = str.maketrans("OILSZBU", "011528V")
_BASE = len(_SIGNS)
_DIGITS = 27
"""Signs that hold the bits: 29 to this power is just above them."""
_LENGTH, _GROUP = _DIGITS + 1, 4
_BETWEEN = re.compile(r"[\s\-‐‑‒–—−._·]+")
_LONGEST_READ = 200


def new_code() -> str:
    """Return a new code, without its dashes."""
    left, digits = secrets.randbits(BITS), []
    for _ in range(_DIGITS):
        left, digit = divmod(left, _BASE)
        digits.append(digit)
    return "".join(_SIGNS[one] for one in (*digits, _check(digits)))


def grouped(code: str) -> str:
    """Return a code as it is printed.

    Examples
    --------
    >>> grouped("0123456789ACDEFGHJKMNPQRTVWX")
    '0123-4567-89AC-DEFG-HJKM-NPQR-TVWX'
    """
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def read_code(typed: str) -> str:
    """Return the code that somebody typed, capitals or not, with her dashes and spaces or without.

    Raises
    ------
    InputError
        It is no code: whatever the account is, this is known without looking. It is not repeated.
    """
    folded = unicodedata.normalize("NFKC", typed[:_LONGEST_READ]).upper()
    code = _BETWEEN.sub("", folded).translate(_LOOK_ALIKES)
    if len(code) != _LENGTH or set(code) - set(_SIGNS):
        raise InputError(
            f"ce code n’a pas la forme attendue : {_LENGTH} signes sont attendus.",
            where="Code",
            remedy="Recopiez-le en entier, groupe par groupe ; les tirets sont facultatifs.",
        )
    *digits, check = map(_SIGNS.index, code)
    if check != _check(digits):
        raise InputError(
            "ce code comporte une faute de frappe.",
            where="Code",
            remedy="Comparez-le au vôtre, groupe par groupe.",
        )
    return code


def _check(digits: list[int]) -> int:
    """Return the last digit: all of them, each by its weight, make a multiple of 29."""
    total = sum(weight * digit for weight, digit in enumerate(digits, 2))
    return -total % _BASE  # its own weight is 1
