"""A candidacy as final French text: what is ready, what is missing, what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from iprof_kit.base.asked import Choices
from iprof_kit.calculate.campaigns.question import CampagneVue, Candidature
from iprof_kit.services.contract.cv import CvLu
from iprof_kit.services.contract.dossier import DossierLu
from iprof_kit.ui.kit.fields.ordered import OrderedLine, Typed, faults, shown
from iprof_kit.ui.kit.parts import Lanes, Result
from iprof_kit.ui.screens.campaigns.page import CampaignView
from iprof_kit.ui.screens.candidature import kept

_MAILS = ("courriel_personnel", "courriel_professionnel")
_PHONES = ("portable", "telephone")


@dataclass(frozen=True)
class LetterView:
    """One letter: for what, its words, whether it was begun."""

    field: str
    about: str
    words: str
    rank: int
    left_over: bool = False
    """Whether its wish is no longer in the list: nothing that was written is lost."""

    @property
    def state(self) -> str:
        """Return « 812 caractères », « à écrire »."""
        count = len(self.words.strip())
        if self.left_over:
            return "gardée, sans vœu"
        return f"{count} caractère{'s' if count > 1 else ''}" if count else "à écrire"


@dataclass(frozen=True)
class CandidacyView:
    """What a person prepares for one movement outside the score."""

    rules: Candidature | None = None
    counts: tuple[Result, ...] = ()
    wishes: tuple[OrderedLine, ...] = ()
    limit: str = ""
    letters: tuple[LetterView, ...] = ()
    cv: CvLu | None = None
    contact: tuple[str, ...] = ()
    ready: frozenset[str] = frozenset()
    """The papers that are gathered."""
    opinions: tuple[kept.Opinion, ...] = ()
    opinion_answer: str = ""
    senses: Choices = (("", "pas connu"), *kept.OPINIONS)
    form_key: str = ""
    longest: int = kept.LONGEST_LETTER


@dataclass(frozen=True)
class CandidacyPage(CampaignView):
    """The page of a campaign, with what a candidate prepares."""

    own: CandidacyView = field(default_factory=CandidacyView)
    lanes: Lanes | None = None
    """Its steps on the year, in the place of the stair."""


def candidacy_view(
    campaign: CampagneVue,
    fields: Mapping[str, str],
    read: DossierLu,
    cv: CvLu | None,
    today: date,
    form_key: str,
) -> CandidacyView:
    """Return what was prepared of a campaign.

    Parameters
    ----------
    campaign : CampagneVue
        One that has a candidacy.
    fields : mapping
        What her carnet keeps of this campaign.
    read : DossierLu
        Her file, with the contact details that she wrote.
    cv : CvLu or None
        None where it could not be read: that stops nothing else.
    form_key : str
        Changes where the kit itself moved the lines.
    """
    own = campaign.candidature
    if own is None:
        return CandidacyView()
    wishes = kept.wishes_of(own, fields)
    letters = _letters(own, wishes, fields)
    ready = frozenset(
        one.piece for one in own.dossier if fields.get(f"piece-{one.piece}", "") == kept.READY
    )
    opinions = kept.opinions_of(own, fields, today)
    return CandidacyView(
        own,
        counts=tuple(_counts(own, wishes, letters, len(ready))),
        wishes=_lines(own, wishes),
        limit=_limit(own, wishes),
        letters=letters,
        cv=cv,
        contact=tuple(missing_contact(read)),
        ready=ready,
        opinions=opinions,
        opinion_answer=_opinion_answer(opinions),
        form_key=form_key,
    )


def missing_contact(read: DossierLu) -> Iterator[str]:
    """Return what an evaluator would need to reach her and does not have.

    What she wrote in Coordonnées stands over the file.
    """
    known = read.dossier.adresse.model_dump() | {one.champ: one.valeur for one in read.saisies}
    if not any(known.get(name) for name in _MAILS):
        yield "Aucun courriel dans vos coordonnées."
    if not any(known.get(name) for name in _PHONES):
        yield "Aucun téléphone dans vos coordonnées."


def _lines(own: Candidature, wishes: Sequence[Typed]) -> tuple[OrderedLine, ...]:
    most = own.voeux_au_plus
    room = most if most else kept.ROOM
    kinds = tuple((one, one) for one in own.natures)
    notes = {
        one.rank: "Dites dans quel mouvement : la lettre en dépend."
        for one in wishes
        if own.lettre == "mouvement" and one.name and not one.others.get(kept.MOVEMENT, "").strip()
    }
    return shown(wishes, kinds, faults(wishes, most), notes, room)


def _named(wishes: Sequence[Typed]) -> int:
    return sum(not one.is_empty for one in wishes)


def _limit(own: Candidature, wishes: Sequence[Typed]) -> str:
    count, most, least = _named(wishes), own.voeux_au_plus, own.voeux_au_moins
    limit = f"{count} sur {most} au plus" if most else f"{count}, nombre permis inconnu de ce kit"
    if least and count < least:
        return f"{limit}, {least} au moins pour que la candidature compte"
    return limit


def _letters(
    own: Candidature, wishes: tuple[Typed, ...], fields: Mapping[str, str]
) -> tuple[LetterView, ...]:
    every = enumerate(kept.letters_of(own, wishes), start=1)
    named = ((rank, about, kept.letter_field(about)) for rank, about in every)
    wanted = [LetterView(name, about, fields.get(name, ""), rank) for rank, about, name in named]
    others = kept.left_over(fields, (one.field for one in wanted))
    after = enumerate(others.items(), start=len(wanted) + 1)
    return (
        *wanted,
        *(LetterView(name, about, fields[name], rank, True) for rank, (name, about) in after),
    )


def _counts(
    own: Candidature,
    wishes: Sequence[Typed],
    letters: Sequence[LetterView],
    ready: int,
) -> Iterator[Result]:
    most = own.voeux_au_plus
    yield Result("Vœux", f"{_named(wishes)} sur {most}" if most else str(_named(wishes)))
    wanted = [one for one in letters if not one.left_over]
    begun = sum(bool(one.words.strip()) for one in wanted)
    yield Result("Lettres écrites", f"{begun} sur {len(wanted)}" if wanted else "aucune à écrire")
    yield Result("Dossier réuni", f"{ready} sur {len(own.dossier)}")


def _opinion_answer(opinions: Sequence[kept.Opinion]) -> str:
    known = [one for one in opinions if one.sense]
    if not known:
        return "aucun noté"
    against = sum(one.sense == "defavorable" for one in known)
    return f"{len(known)} noté{'s' if len(known) > 1 else ''}" + (
        f", dont {against} défavorable{'s' if against > 1 else ''}" if against else ""
    )
