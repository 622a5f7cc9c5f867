"""The question and the answer of every subject, for programs that name their types."""

from iprof_kit.calculate.anciennetes.question import AnciennetesAnswer, AnciennetesQuestion
from iprof_kit.calculate.campaigns.question import CampagnesAnswer, CampagnesQuestion
from iprof_kit.calculate.career.bonification import BonificationAnswer, BonificationQuestion
from iprof_kit.calculate.career.echelon_question import EchelonAnswer, EchelonQuestion
from iprof_kit.calculate.career.question import CareerAnswer, CareerQuestion
from iprof_kit.calculate.career.quota import QuotaAnswer, QuotaQuestion
from iprof_kit.calculate.career.rendez_vous.question import RendezVousAnswer, RendezVousQuestion
from iprof_kit.calculate.et_si.answer import EtSiAnswer
from iprof_kit.calculate.et_si.question import EtSiQuestion
from iprof_kit.calculate.illness.question import MaladieAnswer, MaladieQuestion
from iprof_kit.calculate.mobility.answer import MobilityAnswer
from iprof_kit.calculate.mobility.question import MobilityQuestion
from iprof_kit.calculate.overpayment.question import TropPercuAnswer, TropPercuQuestion
from iprof_kit.calculate.paths.question import EligibilityAnswer, EligibilityQuestion
from iprof_kit.calculate.pay.question import PayAnswer, PayQuestion
from iprof_kit.calculate.pension.answer import PensionAnswer
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.calculate.promotion.question import (
    BaremeAnswer,
    BaremeQuestion,
    PromotionAnswer,
    PromotionQuestion,
)
from iprof_kit.calculate.promotion.tirage_question import TirageAnswer, TirageQuestion
from iprof_kit.calculate.promotion.vivier_question import VivierAnswer, VivierQuestion
from iprof_kit.calculate.reclassement.question import ReclassementAnswer, ReclassementQuestion
from iprof_kit.calculate.requests.question import DemandeAnswer, DemandeQuestion
from iprof_kit.calculate.training.question import FormationAnswer, FormationQuestion

__all__ = [
    "AnciennetesAnswer",
    "AnciennetesQuestion",
    "BaremeAnswer",
    "BaremeQuestion",
    "BonificationAnswer",
    "BonificationQuestion",
    "CampagnesAnswer",
    "CampagnesQuestion",
    "CareerAnswer",
    "CareerQuestion",
    "DemandeAnswer",
    "DemandeQuestion",
    "EchelonAnswer",
    "EchelonQuestion",
    "EligibilityAnswer",
    "EligibilityQuestion",
    "EtSiAnswer",
    "EtSiQuestion",
    "FormationAnswer",
    "FormationQuestion",
    "MaladieAnswer",
    "MaladieQuestion",
    "MobilityAnswer",
    "MobilityQuestion",
    "PayAnswer",
    "PayQuestion",
    "PensionAnswer",
    "PensionQuestion",
    "PromotionAnswer",
    "PromotionQuestion",
    "QuotaAnswer",
    "QuotaQuestion",
    "ReclassementAnswer",
    "ReclassementQuestion",
    "RendezVousAnswer",
    "RendezVousQuestion",
    "TirageAnswer",
    "TirageQuestion",
    "TropPercuAnswer",
    "TropPercuQuestion",
    "VivierAnswer",
    "VivierQuestion",
]
