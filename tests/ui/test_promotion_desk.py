"""The prepared tableau for a decision-maker."""

from datetime import date

from iprof_kit.analytics.promotions.example import SOURCE, exemple_promouvables
from iprof_kit.ui.promotion_desk import PromotionDesk

TODAY = date(2026, 11, 25)


def desk(hide=lambda ages: ages, size=60):
    people = exemple_promouvables(size, 2027)
    return PromotionDesk(people, "pe", "hors_classe", 2027, SOURCE, TODAY, hide)
