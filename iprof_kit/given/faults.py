"""What is wrong with something that was given, and what to do about it."""

from __future__ import annotations

Fault = tuple[str, str]
"""What is wrong, and what to do."""

TOO_MANY_POINTS: Fault = ("Cette image a trop de points.", "Réduisez-la.")
TIRING_PICTURE: Fault = (
    "Cette image est trop longue à décoder.",
    "Enregistrez-la de nouveau, en JPEG ordinaire ou en PNG.",
)
DAMAGED_PICTURE: Fault = ("Cette image est abîmée.", "Enregistrez-la de nouveau.")
