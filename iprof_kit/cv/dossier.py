"""What a CV takes from a person's administrative file, in plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from iprof_kit.base.plain import Plain
from iprof_kit.base.words import SPECIAL, grade_label

_ONE_GRADE = "grade_unique"
_FULL = 100


class AffectationSource(Plain):
    """One affectation; dates are « AAAA-MM-JJ »."""

    type: str = ""
    uai: str = ""
    etablissement: str = ""
    commune: str = ""
    fonction: str = ""
    discipline: str = ""
    education_prioritaire: str = ""
    quotite: str = ""
    debut: str = ""
    fin: str = ""


class DiplomeSource(Plain):
    """One diploma that the administration knows."""

    intitule: str
    specialite: str = ""
    niveau: str = ""
    etablissement: str = ""
    annee: str = ""
    etat: Literal["obtenu", "en_cours"] = "obtenu"


class DossierSource(Plain):
    """A file as a CV reads it: labels for people, and the code of the corps."""

    civilite: str = ""
    prenom: str = ""
    nom: str = ""
    date_naissance: str = ""
    courriel: str = ""
    telephone: str = ""
    rue: str = ""
    code_postal: str = ""
    ville: str = ""
    corps: str = ""
    libelle_corps: str = ""
    grade: str = ""
    echelon: str = ""
    date_echelon: str = ""
    academie: str = ""
    position: str = ""
    quotite: str = ""
    entree_corps: str = ""
    titularisation: str = ""
    annee_acces: str = ""
    affectations: tuple[AffectationSource, ...] = ()
    """Oldest first."""
    poste: AffectationSource | None = None
    """What she says of herself today: her post of the year, her post, else her zone."""
    diplomes: tuple[DiplomeSource, ...] = ()

    @classmethod
    def of(
        cls,
        dossier: Mapping[str, Any],
        *,
        academie: str = "",
        diplomes: Sequence[DiplomeSource] = (),
        poste: Mapping[str, Any] | None = None,
    ) -> DossierSource:
        """Return what a CV takes from a file.

        Parameters
        ----------
        dossier : mapping
            A file with the fields of the contract's `Dossier` (`dossier.model_dump()`).
        academie : str
            Name of its academy, which the file holds as a code.
        diplomes : sequence of DiplomeSource
            The diplomas known, where a source of them exists.
        poste : mapping, optional
            The affectation of today, of those of the file: which it is, a CV does not decide.
        """
        known = {"academie": academie, "diplomes": tuple(diplomes), **_grid(dossier)}
        for part in (dossier["identite"], dossier, _address(dossier["adresse"])):
            known |= {
                name: _text(value)
                for name, value in part.items()
                if name in cls.model_fields and name not in known and _is_plain(value)
            }
        known["annee_acces"] = known.get("entree_corps", "")[:4]
        known["poste"] = _affectation(poste) if poste else None
        known["affectations"] = tuple(map(_affectation, dossier.get("affectations", ())))
        return cls(**known)


def _grid(dossier: Mapping[str, Any]) -> dict[str, Any]:
    """Return the last échelon and the last position, in words."""
    words: dict[str, Any] = {}
    if echelons := dossier.get("echelons"):
        last = echelons[-1]
        words["grade"] = "" if last["grade"] == _ONE_GRADE else grade_label(last["grade"])
        number = "spécial" if last["echelon"] == SPECIAL else last["echelon"]
        chevron = last.get("chevron")
        words["echelon"] = f"{number}, chevron {chevron}" if chevron else number
        words["date_echelon"] = _text(last["date_effet"])
    if positions := dossier.get("positions"):
        words["position"] = positions[-1]["position"]
        words["quotite"] = _part_time(positions[-1]["quotite"])
    return words


def _address(address: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **address,
        "courriel": address.get("courriel_professionnel") or address.get("courriel_personnel"),
        "telephone": address.get("portable") or address.get("telephone"),
    }


def _affectation(one: Mapping[str, Any]) -> AffectationSource:
    known = {name: _text(one.get(name)) for name in AffectationSource.model_fields if name in one}
    known["quotite"] = _part_time(one.get("quotite", _FULL))
    return AffectationSource(**known)


def _part_time(percent: int) -> str:
    """Return a quotité worth printing: a full service and none go without saying."""
    return "" if percent in (0, _FULL) else str(percent)


def _is_plain(value: object) -> bool:
    return not isinstance(value, Mapping | list | tuple)


def _text(value: object) -> str:
    return "" if value is None else str(value)
