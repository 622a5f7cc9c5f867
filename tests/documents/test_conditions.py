"""The page of the conditions of the liste d’aptitude: reasons, who decides, sources."""

from document_person import TODAY

from iprof_kit.calculate import ask
from iprof_kit.cv.model import Cv
from iprof_kit.cv.remarks import conditions
from iprof_kit.cv.remarks.eligibility import Condition, Eligibilite, eligibility
from iprof_kit.documents import render

FOUND = Eligibilite(
    etat="depend",
    phrase="Cela dépend.",
    decide_par="le ministre",
    comptes=("Dans le corps : 3 ans.",),
    conditions=(
        Condition(
            libelle="âge",
            a="39 ans",
            il_faut="40 ans",
            au="au 1er octobre 2027",
            remplie=False,
            source="décret 72-580",
            a_verifier=False,
        ),
        Condition(
            libelle="services",
            a="",
            il_faut="10 ans",
            au="",
            remplie=None,
            source="décret 72-580",
            a_verifier=True,
        ),
    ),
)


def test_each_condition_says_whether_it_is_met_what_is_wanted_and_what_the_cv_says(claire):
    made = conditions.document(FOUND, claire, TODAY)
    age, services = made.sections[1].parts[0].entries
    assert (age.title, age.dates) == ("Âge", "non remplie")
    assert age.text == (
        "Il faut : 40 ans (au 1er octobre 2027)\nD’après votre CV, à cette date : 39 ans"
    )
    assert (services.dates, services.text) == (
        "à vérifier",
        "Il faut : 10 ans\nVotre CV ne le dit pas.",
    )


def test_who_decides_is_said_once_and_each_source_once(claire):
    text = render.text(conditions.document(FOUND, claire, TODAY))
    assert text.count("Décide\u00a0: le ministre") == 1
    assert text.count("- décret 72-580") == 2
    assert text.count("- décret 72-580 (à vérifier)") == 1
    assert "simulation" in text


def test_answer_of_the_law_about_age_and_services_is_printed(claire):
    made = conditions.document(eligibility(claire, TODAY, ask), claire, TODAY)
    text = " ".join(render.text(made).split())
    assert "40 ans (au 1er octobre" in text
    assert "10 ans (au 1er octobre" in text
    assert "5 ans (au 1er octobre" in text
    assert render.pdf(made, "statutaire").startswith(b"%PDF")


def test_unknown_dates_give_a_page_all_the_same():
    made = conditions.document(eligibility(Cv(), TODAY, ask), Cv(), TODAY)
    assert made.sections[0].title == "Réponse"
