"""The wishes of a campaign, and what the administration shows of them, as a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import french
from iprof_kit.calculate.campaigns.question import (
    AccuseVu,
    BorneVoeux,
    LigneAccuse,
    NatureVoeu,
    VoeuxVus,
)
from iprof_kit.calculate.interface.papers import citation
from iprof_kit.law.campaigns.model import Service, WishLimit


def wishes_of(service: Service, places: Sequence[str]) -> VoeuxVus | None:
    """Return the wishes of a service with the limit of a person's places; None without wishes.

    Examples
    --------
    >>> from iprof_kit.law.campaigns.files import services
    >>> wishes = wishes_of(services()["intra_departemental_1d"], ("83", "Nice"))
    >>> wishes.borne.au_plus, wishes.borne.campagne
    (40, 2024)
    """
    wishes = service.wishes
    if wishes is None:
        return None
    own = next((one for one in wishes.limits if one.scope in places), None)
    return VoeuxVus(
        jusqu_a=wishes.until,
        natures=tuple(NatureVoeu(nature=key, titre=french(title)) for key, title in wishes.kinds),
        borne=_limit(own) if own else None,
        source=french(wishes.source.text),
    )


def acknowledgements_of(service: Service) -> Iterable[AccuseVu]:
    """Yield what the administration shows of a request, in order."""
    for one in service.acknowledgements:
        yield AccuseVu(
            accuse=one.key,
            titre=french(one.title),
            etape=one.step,
            contestation=one.contest,
            bareme=one.scored,
        )


def lines_of(service: Service) -> Iterable[LigneAccuse]:
    """Yield the lines that an acknowledgement may show."""
    for one in service.lines:
        yield LigneAccuse(ligne=one.key, titre=french(one.title))


def _limit(own: WishLimit) -> BorneVoeux:
    return BorneVoeux(
        campagne=own.year,
        au_plus=own.most,
        obligatoires_au_moins=own.compelled,
        nature_obligatoire=own.compelled_kind,
        source=citation(own.source.text),
        a_verifier=to_verify(own.source.confidence),
    )
