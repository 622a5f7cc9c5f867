"""The file to take away, opened from a disk without network: its numbers, its warning, its quiz."""

import re
from datetime import UTC, datetime

import pytest
import ui_takeaway as sample
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from iprof_kit.base.calendar import date_of, rentree
from iprof_kit.calculate.atelier.sentences import horizon_day
from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.gap import paid_before
from iprof_kit.calculate.et_si.question import EtSiQuestion, ScenarioEtSi
from iprof_kit.ui.screens.atelier.takeaway.choices import grid, levers
from iprof_kit.ui.screens.atelier.takeaway.page import data_of, html_of
from iprof_kit.ui.screens.atelier.takeaway.slides import slides_of
from iprof_kit.ui.shared import text

pytestmark = pytest.mark.browser
MADE = datetime(2026, 11, 25, 12, tzinfo=UTC)
PEOPLE = ("claire_vasseur", "elodie_martin")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("emporter")
    made = {
        "seance": html_of(sample.taken_seance(*PEOPLE)),
        "lecon": html_of(sample.taken_lesson()),
        "hostile": html_of(sample.taken_hostile()),
        "diapos": slides_of(sample.taken_lesson()),
    }
    for name, content in made.items():
        (folder / f"{name}.html").write_bytes(content)
    return folder


@pytest.fixture
def offline(chromium, files):
    """Open a file from the disk, the network off; a script that fails or a request is a fault."""
    contexts, faults = [], []

    def open_file(name, *, width=1280, now=MADE, **more):
        context = chromium.new_context(
            viewport={"width": width, "height": 844}, offline=True, locale="en-US", **more
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
        page.on("request", lambda one: faults.append(one.url)
                if not one.url.startswith(("file:", "data:")) else None)  # fmt: skip
        page.clock.set_fixed_time(now)
        page.goto((files / f"{name}.html").as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert not faults


READ = """([rank, choices]) => {
  const changed = (input) => input.dispatchEvent(new Event('input', {bubbles: true}));
  const choose = (input) => { input.checked = true; changed(input); };
  const said = (id) => document.getElementById(id).textContent;
  choose(document.querySelectorAll('[name=personne]')[rank]);
  const group = document.querySelector(`[data-personne="${rank}"]`);
  const levers = [...group.querySelectorAll('fieldset')]
    .map((one) => [...one.querySelectorAll('input')]);
  const reached = (order) => {
    for (const lever of [...levers, ...levers]) choose(lever[0]);
    return order.every((lever) => {
      const input = levers[lever][choices[lever]];
      if (!input.disabled) choose(input);
      return !input.disabled;
    });
  };
  const [first, ...others] = choices.keys();
  if (![[first, ...others], [first, ...others.reverse()]].some(reached)) return null;
  const slider = document.getElementById('an'), years = [];
  for (let year = Number(slider.min); year <= Number(slider.max); year += 1) {
    slider.value = year;
    changed(slider);
    years.push(said('lu'));
  }
  return {lead: said('reponse'), gap: said('ecart'), years};
}"""


def asked_alone(seance, events):
    persona = seance.persona
    question = EtSiQuestion(
        situation=persona.start(), scenarios=(ScenarioEtSi(nom="seul", evenements=events),),
        aujourdhui=seance.jour, zone=persona.zone, enfants=persona.enfants,
        outre_mer=persona.outre_mer, instituteur=persona.instituteur, services=persona.services,
    )  # fmt: skip
    return answer(question).scenarios[0]


def net_on(lived, day):
    return [piece.net for piece in lived.tranches if piece.debut <= day][-1]


@pytest.mark.parametrize("rank", range(len(PEOPLE)))
def test_every_choice_shows_the_numbers_of_the_engine(offline, rank):
    page = offline("seance")
    seance = sample.seance(PEOPLE[rank])
    made = grid(seance)
    reference = asked_alone(seance, made.asked_of_reference.evenements)
    horizon, checked = horizon_day(seance.horizon), 0
    for choices, case in made.cases.items():
        shown = page.evaluate(READ, [rank, list(choices)])
        if case.lived is None:
            assert shown is None, choices
            continue
        lived, checked = asked_alone(seance, case.asked.evenements), checked + 1
        until = min(horizon, lived.depart, reference.depart)
        gap = paid_before(lived, until) - paid_before(reference, until)
        if choices == made.reference:
            assert shown["gap"] == text.euros(paid_before(lived, horizon))
        else:
            assert abs(amount(shown["gap"]) - gap) < 0.6, choices  # shown to the euro
            assert shown["gap"] in shown["lead"] or "même net" in shown["lead"]
        days = [date_of(rentree(year)) for year in range(seance.jour.year, seance.horizon + 1)]
        days = [day for day in days if seance.jour < day < until]
        assert len(shown["years"]) == len(days)
        for day, said in zip(days, shown["years"], strict=True):
            assert f"À la rentrée {day.year}\u00a0: {text.euros(net_on(lived, day))} (" in said
            if net_on(lived, day) != net_on(reference, day):
                assert text.euros(net_on(reference, day)) in said
                apart = round(net_on(lived, day) - net_on(reference, day), 2)
                assert f"soit {text.signed_euros(apart)} par mois" in said
    assert checked == len(made.open_cases) > 10


def amount(words):
    if words == "égal":
        return 0
    number = re.sub(r"[^\d,]", "", words).replace(",", ".")
    return float(number) * (-1 if words.startswith("−") else 1)


@pytest.mark.parametrize("letter", "BC")
def test_the_chosen_scenario_has_the_colour_of_its_letter(offline, letter):
    page = offline("seance")
    page.get_by_role("radio", name=re.compile(f"^{letter} ")).check()
    colour = "one => getComputedStyle(one).color"
    own = page.evaluate(
        "name => { const one = document.body.appendChild(document.createElement('i'));"
        "one.style.color = `var(${name})`; return getComputedStyle(one).color; }",
        f"--{letter.lower()}",
    )
    assert page.locator("#ecart").evaluate(colour) == own
    line = page.locator("#figure path[stroke-width='3']").last
    assert line.evaluate("one => getComputedStyle(one).stroke") == own


def test_a_choice_outside_the_grid_is_struck_closed_and_says_why(offline):
    page = offline("seance")
    outside = page.get_by_role("radio", name="3 ans").first
    expect(outside).to_be_disabled()
    expect(outside).to_have_accessible_description(re.compile("3 ans\u00a0: hors de ce fichier"))
    assert "line-through" in outside.locator("+ span").evaluate(
        "one => getComputedStyle(one).textDecorationLine"
    )
    before = page.locator("#ecart").inner_text()
    outside.locator("xpath=..").click(force=True)
    assert page.locator("#ecart").inner_text() == before
    # scénario C travaille déjà à temps partiel : la loi refuse le second, la page dit pourquoi
    page.get_by_role("radio", name=re.compile("^C Hors classe")).check()
    expect(page.get_by_text("on n’en tient qu’une à la fois").first).to_be_visible()


@pytest.mark.parametrize(
    ("now", "old"),
    [
        (datetime(2027, 11, 19, 9, tzinfo=UTC), False),
        (datetime(2027, 11, 20, 9, tzinfo=UTC), True),
        (datetime(2030, 1, 1, tzinfo=UTC), True),
    ],
)
def test_a_file_a_year_old_says_so(offline, now, old):
    page = offline("lecon", now=now)
    expect(page.get_by_text("Ce fichier a plus d’un an.")).to_be_visible(visible=old)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["seance", "lecon"])
def test_the_file_is_accessible_and_fits(offline, name, width, scheme):
    page = offline(name, width=width, color_scheme=scheme, bypass_csp=True)
    for fold in page.locator("summary").all():
        if fold.is_visible():
            fold.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]][:2]) for one in found] == []


def test_the_figure_stands_in_the_first_screenful_of_a_phone(offline):
    page = offline("lecon", width=390)
    assert page.locator("#figure").bounding_box()["y"] < 480


def test_the_questions_correct_themselves(offline):
    page = offline("lecon")
    first, several, estimate, order = (page.locator(f"[data-question='{n}']") for n in range(4))
    first.get_by_role("button", name="Vérifier").click()
    expect(first).to_contain_text("Choisissez d’abord une réponse.")
    first.get_by_role("radio", name="1 829 €").check()
    first.get_by_role("button", name="Vérifier").click()
    expect(first).to_contain_text("Non.")
    expect(first.get_by_text("Un an d’avance.")).to_be_visible()
    for choice in ("le traitement", "les primes"):
        several.get_by_role("checkbox", name=choice).check()
    several.get_by_role("button", name="Vérifier").click()
    expect(several).to_contain_text("Oui.")
    estimate.get_by_role("slider").fill("85.5")
    estimate.get_by_role("button", name="Vérifier").click()
    expect(estimate).to_contain_text("Oui.")
    order.get_by_role("button", name="Monter : classe normale").focus()
    page.keyboard.press("Enter")
    expect(order.get_by_role("button", name="Monter : classe normale")).to_be_focused()
    order.get_by_role("button", name="Vérifier").click()
    expect(order).to_contain_text("Oui.")
    expect(page.locator("#score")).to_have_text("3 sur 4")


def test_the_choices_are_made_by_keys(offline):
    page = offline("seance")
    page.locator("[name=personne]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#reponse")).to_contain_text("Élodie")
    page.locator("#an").focus()
    year = int(page.locator("#an-dit").inner_text())
    page.keyboard.press("ArrowRight")
    expect(page.locator("#an-dit")).to_have_text(str(year + 1))


def test_without_a_script_the_numbers_are_read(offline):
    page = offline("lecon", java_script_enabled=False)
    page.get_by_text("Tout ce que ce fichier sait répondre").click()
    expect(page.get_by_role("cell", name=re.compile("référence"))).to_be_visible()
    expect(page.locator("noscript svg, figure.alone svg").first).to_be_visible()
    page.locator(".rep summary").first.click()
    expect(page.get_by_text("Un an d’avance.")).to_be_visible()
    expect(page.locator("#instrument")).to_be_hidden()


def test_hostile_names_are_shown_as_text(offline):
    page = offline("hostile", width=320)
    expect(page.locator("#reponse")).to_contain_text(sample.HOSTILE)
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_slides_advance_without_network(offline):
    page = offline("diapos")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    shown = page.locator("section.present section.present h1, section.present section.present h2")
    for title in ("Claire", "A donne", "Combien en plus"):
        page.keyboard.press("ArrowRight")
        expect(shown.first).to_contain_text(title)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("paragraph").filter(has_text="Un an d’avance")).to_be_visible()


def test_every_lever_of_the_file_is_that_of_the_seance(files):
    person = data_of((files / "seance.html").read_bytes())["personnes"][0]
    titles = [[one.nom for one in lever.choix] for lever in levers(sample.seance(PEOPLE[0]))]
    assert [
        [name.replace("\u00a0", " ") for name in one] for one in person["leviers"][1:]
    ] == titles
