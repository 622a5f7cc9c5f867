"""The operations on the CV of the person who is asking, part of `services.contract`.

A CV travels as the plain JSON of `cv.model.Cv`, one megabyte at most. There is one draft, whose
`revision` grows by one at each write, and versions of it that never change. A link shows one
target (`Cible`) of one version to whoever holds its address.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.operation import LONG, NoArguments, Operations, OwnFile, Reading

LARGEST_CV = 1_000_000
"""Bytes of a CV written as JSON in UTF-8."""
LONGEST_LINK_DAYS = 365
LONGEST_NAME = 80
"""Characters of the name of a version."""

Name = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,64}$")]
"""An identifier: of a version, of a link, of a target."""
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
"""Idempotency key: new for each act of the person, the same when it is sent again."""
Revision = Annotated[int, Field(ge=0, le=2**31 - 1)]


class CvVersion(Plain):
    """A version: the draft as it was at `revision`, under the name that the person gave."""

    id: str
    nom: str
    creee_le: datetime
    revision: int


class CvLien(Plain):
    """A link to one target of one version.

    `adresse` is a path of the site, « /cv/lien#… »: the first answer of the creation alone holds
    it, since only a hash of it is kept. The same order sent again is answered without it.
    """

    id: str
    version_id: str
    cible_id: str
    cible_titre: str
    adresse: str | None = None
    coordonnees: bool
    cree_le: datetime
    expire_le: datetime
    revoque_le: datetime | None = None
    lectures: int = 0


class ChampEnAttente(Plain):
    """A field that two tabs changed: where it is, and what one of them wrote; None: taken out.

    What the other wrote is at its place in the CV.
    """

    ou: Annotated[list[Annotated[str, StringConstraints(max_length=64)]], Field(max_length=8)]
    ici: Any = None


EN_ATTENTE = "deux_ecritures"
"""Where a stored draft keeps the fields that wait for a choice, beside the CV itself."""
_Waiting = Annotated[list[ChampEnAttente], Field(max_length=200)]


class CvLu(Plain):
    """The draft, its versions and its links, newest first.

    Before the first save `cv` is None and `revision` 0.
    """

    cv: dict[str, Any] | None
    deux_ecritures: _Waiting = Field(default_factory=list)
    """The fields that wait for her choice."""
    revision: int
    enregistre_le: datetime | None = None
    versions: list[CvVersion] = Field(default_factory=list)
    liens: list[CvLien] = Field(default_factory=list)


class EnregistrerCv(Plain):
    """`revision` is the one that the writer started from, 0 for the first save."""

    cv: dict[str, Any]
    deux_ecritures: _Waiting = Field(default_factory=list)
    revision: Revision
    cle: Key


class CvEnregistre(Plain):
    """« conflit »: somebody saved since `revision`; nothing was written.

    `revision` and `enregistre_le` are those of the stored draft; `autre` is its content where
    there is a conflict, and there only.
    """

    issue: Literal["enregistre", "conflit"]
    revision: int
    enregistre_le: datetime | None
    autre: dict[str, Any] | None = None


class CreerVersionCv(Plain):
    """Keep the stored draft, which must be at `revision`, under a name."""

    nom: str
    revision: Revision
    cle: Key


class LireVersionCv(Plain):
    """`id` of one version of one's own."""

    id: Name


class CvVersionLue(Plain):
    """A version with its content."""

    version: CvVersion
    cv: dict[str, Any]


class ApercuLienCv(Plain):
    """What a link would show: one target of one version, with or without contact details."""

    version_id: Name
    cible_id: Name
    coordonnees: bool = False


class CreerLienCv(ApercuLienCv):
    """`jours`: how long the link works, from 1 to `LONGEST_LINK_DAYS`."""

    jours: int
    cle: Key


class RevoquerLienCv(Plain):
    """`id` of one link of one's own; revoking it twice changes nothing."""

    id: Name


class CvApercu(Plain):
    """The pages that a reader of the link sees, each an SVG document."""

    pages: list[str]


CV_OPERATIONS = Operations(OwnFile("un CV"))
CV_LIRE = CV_OPERATIONS.add(
    "cv",
    NoArguments,
    CvLu,
    reads=Reading("cv_lu", "Le CV", "afficher le CV"),
)
CV_ENREGISTRER = CV_OPERATIONS.add("cv_enregistrer", EnregistrerCv, CvEnregistre, LONG)
CV_VERSION_CREER = CV_OPERATIONS.add("cv_version_creer", CreerVersionCv, CvVersion, LONG)
CV_VERSION_LIRE = CV_OPERATIONS.add(
    "cv_version_lire",
    LireVersionCv,
    CvVersionLue,
    reads=Reading("cv_version_lue", "Une version du CV", "relire une version"),
)
CV_LIEN_CREER = CV_OPERATIONS.add("cv_lien_creer", CreerLienCv, CvLien)
CV_LIEN_REVOQUER = CV_OPERATIONS.add("cv_lien_revoquer", RevoquerLienCv, CvLien, stays=True)
CV_LIEN_APERCU = CV_OPERATIONS.add(
    "cv_lien_apercu",
    ApercuLienCv,
    CvApercu,
    reads=Reading("cv_apercu_lu", "Une version du CV", "voir ce qu’un lien montrerait"),
)
