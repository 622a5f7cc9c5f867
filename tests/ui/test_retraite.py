"""Retraite: published cases on the screen, sentences that say the numbers, any text kept."""

import re
from datetime import date
from pathlib import Path

import pytest
import ui_people as people
from hypothesis import given, settings
from hypothesis import strategies as st
from ui_html import as_read, check, fields_of
from ui_reasons import opened_fold

from iprof_kit.base.paths import REFERENCE
from iprof_kit.calculate.pension import choices as pension_choices
from iprof_kit.calculate.pension.calculation import answer
from iprof_kit.calculate.pension.choices import Held, services_of
from iprof_kit.calculate.pension.question import Enfant, PensionQuestion
from iprof_kit.services.contract.dossier import EchelonTenu, PositionTenue
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.retraite.table import Departure
from iprof_kit.ui.screens.retraite.view import OFFICIAL
from iprof_kit.ui.screens.retraite.words import sentences

PATH = "/perspectives/retraite"
PERSON = {
    "naissance": date(1964, 7, 1),
    "aujourdhui": people.TODAY,
    "indice_majore": 673,
    "totaux": {"arrete_au": "2027-07-01", "liquidation_jours": 159 * 90},
}


def file_of(birth, begin, echelon, grade="hors_classe"):
    """Return the file of a person of one échelon, in post since a day."""
    held = EchelonTenu(
        corps="pe",
        grade=grade,
        echelon=echelon,
        date_effet=date(2025, 9, 1),
        mode="anciennete",
        source="AGAPE",
        lu_le=people.READ,
    )
    post = PositionTenue(
        position="En activité",
        modalite="Temps complet",
        quotite=100,
        debut=begin,
        source="AGAPE",
        lu_le=people.READ,
    )
    who = people.JEAN.identite.model_copy(update={"date_naissance": birth})
    return people.JEAN.model_copy(
        update={"identite": who, "echelons": (held,), "positions": (post,), "entree_corps": begin}
    )


RET01 = file_of(date(1964, 7, 1), date(1987, 10, 1), "3")
"""159 quarters on 1 July 2027, index 673 (the 3e échelon of the hors classe)."""


class Screen:
    """Retraite of one person, in memory, with the real calculation."""

    def __init__(self, dossier=RET01, carnets=None):
        self.guichet = people.FakeGuichet(dossier)
        self.guichet.carnets = carnets or {}
        self.portal = Portal(lambda: self.guichet)
        self.read({"kind": "route", "path": PATH})

    def read(self, message):
        html = self.portal.handle(message).html
        self.html, self.page = as_read(html), check(html)
        self.text = self.page.text.replace("\u00a0", " ")
        return self.text

    def send(self, name="retraite", **values):
        message = {"kind": "intent", "name": name, "values": values, "path": PATH}
        return self.read(message)

    def row(self, label):
        """Return the cells of a row of the table, as they are read."""
        found = re.search(rf'<tr[^>]*><th scope="row">{re.escape(label)}</th>(.*?)</tr>', self.html)
        cells = re.findall(r"<td[^>]*>(.*?)</td>", found[1])
        return [re.sub(r"<[^>]+>", " ", c).replace("\u00a0", " ").strip() for c in cells]


def test_the_published_decote_is_on_the_screen():
    screen = Screen()
    text = screen.send(depart_1="01/07/2027", autres_trimestres="0", fin="actuel")
    assert screen.row("Trimestres, tous régimes") == ["159, 170 requis"]  # RET01
    assert screen.row("Décote") == ["− 13,75 % 11 trimestres"]
    # 673 × 59,0734 × 75 % × 159/170 × (1 − 13,75 %) / 12
    assert screen.row("Pension brute, par mois")[0].startswith("2 004,45 €")
    said = "Départ A, 1er juillet 2027 : 2 004,45 € bruts par mois (à vérifier), décote de "
    assert said in text
    assert "pensions à effet du 1er septembre 2026 ou après" in text


def test_the_law_of_another_day_is_an_explicit_hypothesis():
    screen = Screen()
    text = screen.send(depart_1="01/07/2027", autres_trimestres="0", droit="V2023")
    assert "Hypothèse : le droit connu le 31 décembre 2025." in text
    assert screen.row("Trimestres, tous régimes") == ["159, 171 requis"]  # RET05, remark
    assert "pensions à effet du 1er septembre 2023 ou après" in text


def test_without_the_other_schemes_bounds_are_shown_and_no_decote():
    screen = Screen()
    text = screen.send(depart_1="01/07/2027", fin="actuel")
    assert screen.row("Trimestres, tous régimes") == [
        "inconnus, 170 requis autres régimes à indiquer"
    ]
    assert screen.row("Décote") == ["non calculé"]
    assert "Décote non calculée : trimestres des autres régimes manquants." in text
    assert "(durée requise atteinte) bruts par mois" in text


def test_a_date_before_the_right_says_when_it_opens():
    screen = Screen()
    screen.send(depart_1="01/01/2027", depart_2="01/04/2027", autres_trimestres="0")
    # RET44: born in 1964 from July, 62 years 9 months
    assert screen.row("Droit à pension")[0].startswith("non ouvert")
    assert screen.row("Effet au plus tôt") == ["1er avril 2027", "1er avril 2027"]
    assert screen.row("Décote")[0] == "sans objet"


def test_three_dates_are_proposed_from_the_file():
    screen = Screen()
    assert "Tant que rien n’est saisi, le kit compare : 1er avril 2027" in screen.text
    assert screen.row("Pension due à partir du")[-1].startswith("1er juillet 2031")  # 67 years


def test_the_last_pay_is_the_published_one():
    # REM-MEN2026-HC5: 3 167 € net, zone 3, full time, without the health cover.
    screen = Screen(file_of(date(1970, 1, 1), date(1995, 9, 1), "5"))
    screen.portal.handle(
        {
            "kind": "intent",
            "name": "paie",
            "values": {"psc": "non"},
            "path": "/perspectives/ma-paie",
        }
    )
    screen.read({"kind": "route", "path": PATH})
    screen.send(depart_1="01/09/2034", fin="actuel", autres_trimestres="0")
    paid = screen.row("Dernière paie, net avant impôt")[0]
    assert float(paid.split(" €")[0].replace(" ", "").replace(",", ".")) == pytest.approx(
        3167, abs=1
    )


def read(cell):
    return float(cell.split(" €")[0].replace(" ", "").replace(",", "."))


def test_a_pension_is_set_beside_a_pay_of_its_kind_and_quotite():
    screen = Screen(file_of(date(1970, 1, 1), date(1995, 9, 1), "5"))
    typed = {"depart_1": "01/09/2034", "fin": "actuel", "autres_trimestres": "0"}
    screen.send(**typed)
    full = read(screen.row("Dernière paie brute")[0])
    assert screen.row("Dernière paie brute")[0].endswith("par mois, à temps plein")
    text = screen.send(**typed, quotite="80", rfr="30000", parts="1")
    (gross,), (net,) = (
        screen.row("Dernière paie brute"),
        screen.row("Dernière paie, net avant impôt"),
    )
    assert gross.endswith("par mois, à 80 %")
    assert net.endswith("par mois, à 80 %")
    # 80 % sont payés six septièmes (CGFP L612-5) ; la prime informatique reste entière
    assert read(gross) == pytest.approx(full * 6 / 7, rel=0.002)
    pension, taken = (
        read(screen.row(label)[0])
        for label in ("Pension brute, par mois", "Pension nette avant impôt, par mois")
    )
    parts = [
        screen.row(f"Pension {kind}, en part de la paie {kind}")[0] for kind in ("brute", "nette")
    ]
    assert parts == [
        f"{round(100 * pension / read(gross))} %",
        f"{round(100 * taken / read(net))} %",
    ]
    assert "La dernière paie est celle de fin de carrière, à 80 %" in text
    # the figure sets the same two nets side by side, to the euro
    bars = re.findall(r'<li class="bar[^"]*">.*?</li>', screen.html, re.S)
    shown = [
        read(
            re.search(r"([\d\u00a0]+\u00a0€) nets", bar.replace("\u00a0nets", " nets"))[1].replace(
                "\u00a0", " "
            )
        )
        for bar in bars
    ]
    assert shown == [round(read(net)), round(taken)]


def test_neither_children_nor_refunds_are_in_the_last_pay():
    screen = Screen(file_of(date(1970, 1, 1), date(1995, 9, 1), "5"))
    typed = {"depart_1": "01/09/2034", "fin": "actuel", "autres_trimestres": "0"}
    screen.send(**typed)
    before = screen.row("Dernière paie brute")
    screen.portal.handle(
        {
            "kind": "intent",
            "name": "paie",
            "path": "/perspectives/ma-paie",
            "values": {"enfants": "3", "abonnement_transport": "90"},
        }
    )
    screen.read({"kind": "route", "path": PATH})
    assert screen.row("Dernière paie brute") == before


def test_the_pension_before_the_decote_and_both_counts_are_shown():
    screen = Screen()
    screen.send(depart_1="01/07/2027", autres_trimestres="0", fin="actuel")
    # RET01 : 39 756,40 × 75 % × 159/170 / 12 ; 16 trimestres jusqu'à 67 ans, 11 pour la durée
    assert screen.row("Pension avant décote ou surcote, par mois") == ["2 324,00 €"]
    assert screen.row("Trimestres manquants jusqu’à l’âge sans décote") == ["16"]
    assert screen.row("Trimestres manquants pour la durée") == ["11"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"depart_1": "31/02/2040"}, "Le 31/02/2040 n’existe pas."),
        ({"depart_1": "01/01/2020"}, "Cette date de départ est passée."),
        ({"depart_1": "01/09/2095"}, "Cette date de départ est trop lointaine."),
        ({"depart_1": "01/09/2030", "depart_2": "1/9/2030"}, "Cette date est déjà comparée."),
        ({"autres_trimestres": "douze"}, "Ce n’est pas un nombre lisible."),
        ({"enfants_nombre": "1", "enfant_1_naissance": "01/01/2060"},
         "Cette naissance est impossible."),
        ({"rfr": "30000", "parts": "1,3"}, "Ce nombre de parts n’existe pas."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_kept(typed, said):
    screen = Screen()
    assert said in screen.send(**typed)
    name, value = list(typed.items())[-1]
    field = next(a for a in screen.page.all("input") if a.get("name") == name)
    assert (field["value"], field["aria-invalid"]) == (value, "true")


def test_what_was_typed_is_kept_by_the_carnet():
    screen = Screen()
    assert "Enregistré dans ce kit le 25 novembre 2026" in screen.send(depart_1="01/09/2029")
    again = Screen(carnets=screen.guichet.carnets)
    assert again.row("Pension due à partir du")[0].startswith("1er septembre 2029")
    assert "Tant que rien n’est saisi" in again.send(name="retraite_dossier")


def test_without_corps_no_pension_is_calculated():
    screen = Screen.__new__(Screen)
    screen.portal = Portal(lambda: people.FakeGuichet(people.SANS_CORPS), people.answer)
    assert "Pas de corps, donc pas de pension civile" in screen.read(
        {"kind": "route", "path": PATH}
    )


def test_official_sites_are_named_by_the_tables_of_the_law():
    named = Path(REFERENCE / "retraite_parametres.csv").read_text(encoding="utf-8")
    told = " ".join(answer(PensionQuestion(**PERSON, departs=(date(2028, 1, 1),))).notes)
    assert all(site in named or site in told for site, _ in OFFICIAL)


LEAVE = Held("Congé parental", None, "Aucun service", 0, date(2010, 9, 1), date(2012, 8, 31))
WORK = Held("En activité", None, "Temps complet", 100, date(2005, 9, 1), date(2010, 8, 31))
BORN = Enfant(naissance=date(2010, 5, 1))


@pytest.mark.parametrize(
    ("children", "nature", "said"),
    [((), "hors_services", "non compté tant que l’enfant"), ((BORN,), "conge_parental", "")],
)
def test_a_parental_leave_counts_with_its_child(children, nature, said):
    found = services_of((WORK, LEAVE), children, date(2005, 9, 1), people.TODAY, 80)
    assert [p.nature for p in found.periods] == ["activite", nature, "activite"]
    assert said in " ".join(found.supposed)
    assert found.periods[-1].quotite == 80
    assert found.periods[-1].fin is None


def test_what_no_position_covers_since_the_entry_is_supposed_and_said():
    found = services_of((WORK,), (), date(2004, 9, 1), people.TODAY, 100)
    assert found.periods[0].debut == date(2004, 9, 1)
    assert "du 1er septembre 2004 au 31 août 2005" in found.supposed[0]


def test_the_versions_of_the_law_are_those_of_the_table():
    newest, middle, oldest = pension_choices.law_versions()
    assert (newest.name, newest.effects) == ("V2026", date(2026, 9, 1))  # loi 2025-1403, art. 105
    assert (middle.effects, middle.last_day) == (date(2023, 9, 1), date(2025, 12, 31))
    assert oldest.last_day == date(2023, 8, 31)  # loi 2023-270, art. 10


def euros(words):
    bare = re.sub(r"[^\d,−]", "", words).replace(",", ".").replace("−", "-")
    return float(bare)


@settings(max_examples=30, deadline=None)
@given(
    months=st.lists(st.integers(0, 96), min_size=2, max_size=4, unique=True),
    others=st.one_of(st.none(), st.integers(0, 60)),
)
def test_each_sentence_says_the_numbers(months, others):
    days = [date(2027 + (6 + m) // 12, (6 + m) % 12 + 1, 1) for m in months]
    lines = []
    for key, day in zip("ABCD", days, strict=False):
        asked = PensionQuestion(**PERSON, departs=(day,), trimestres_autres_regimes=others)
        lines.append(Departure(key, answer(asked), asked))
    # « Départ A, … »
    said = {line[7]: line.replace("\u00a0", " ") for line in sentences(lines)}
    assert set(said) == {line.key for line in lines}
    first = next((line for line in lines if line.depart.pension_brute is not None), None)
    for line in lines:
        found = [euros(t) for t in re.findall(r"[+−]? ?[\d ]+,\d\d(?= €)", said[line.key])]
        amount, bounds = line.depart.pension_brute, line.depart.fourchette
        if amount is None:
            if bounds:
                assert found == [bounds.sans_autre_trimestre, bounds.duree_atteinte]
        elif line is first:
            assert found == [amount]
        else:
            gap = round(amount - first.depart.pension_brute, 2)
            assert found == ([gap, amount] if gap else [amount])


def test_the_three_dates_stand_first_with_the_only_question_beside_them():
    screen = Screen(people.JEAN)
    head, _, after = screen.html.partition('<section class="instrument"')
    # mockup « retraite »: born on 20 May 1991, 64 years (loi 2025-1403, art. 105)
    assert "Votre droit à pension s’ouvre le 20 mai 2055, à 64 ans." in head.replace("\u00a0", " ")
    figure, _, levers = after.partition('<form class="levers"')
    assert figure.count('<li class="bar') == 4  # the last pay, and three dates
    levers = levers.partition("</form>")[0]
    assert 'name="autres_trimestres"' in levers
    assert levers.count('type="radio"') > 4
    # every other field is a line to open, one field each
    lines = re.findall(r"<details id=\"re-s-.*?</details>", screen.html, re.S)
    assert len(lines) >= 12
    assert all(len(re.findall(r"<(?:input|select)", line)) == 1 for line in lines)


def test_an_answer_that_is_missing_gives_a_range_everywhere_and_never_zero():
    screen = Screen(people.JEAN)
    row = re.search(r'<td class="r net">(.*?)</td>', screen.html)[1].replace("\u00a0", " ")
    low, high = (int(n.replace(" ", "")) for n in re.findall(r"\d[\d ]*", row))
    assert 0 < low < high
    assert screen.html.count('class="maybe"') == 3
    assert "Sans réponse" in screen.text
    screen.send(autres_trimestres="0")
    assert 'class="maybe"' not in screen.html
    assert "Je ne sais pas" in screen.text
    screen.send(name="retraite_ne_sais_pas")
    assert screen.html.count('class="maybe"') == 3


def test_a_decote_is_what_is_missing_from_the_full_pension():
    screen = Screen()
    screen.send(depart_1="01/07/2027", autres_trimestres="0", fin="actuel")
    # RET01: 2 324,00 € before the décote, 2 004,45 € after; CSG, CRDS and CASA of the full rate,
    # 8,3 + 0,5 + 0,3 % (CSS L136-8, L137-41; ordonnance 96-50)
    bar = re.findall(r'<li class="bar lost">.*?</li>', screen.html, re.S)[0].replace("\u00a0", " ")
    assert "décote, 11 trimestres : − " in bar
    lost = float(re.search(r"trimestres : − ([\d ]+) €", bar)[1].replace(" ", ""))
    assert lost == pytest.approx((2324.00 - 2004.45) * (1 - 0.091), abs=1)


NAMES = ("depart_1", "depart_2", "autres_trimestres", "enfants_nombre", "enfant_1_naissance",
         "enfant_1_interruption", "sejour_mois", "sejour_zone", "instituteur_mois", "cl_cotises",
         "cl_20", "rfr", "parts", "rafp_points", "progressive", "droit", "fin")  # fmt: skip
TYPED = st.one_of(
    st.text(max_size=30),
    st.integers(-10, 10**6).map(str),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(lambda d: d.strftime("%d/%m/%Y")),
    st.sampled_from(["V2023", "actuel", "50", "1,25", people.HOSTILE]),
)
SHARED = Screen(people.JEAN)


@settings(max_examples=15, deadline=None)
@given(values=st.dictionaries(st.sampled_from(NAMES), TYPED, max_size=6))
def test_any_text_is_kept_and_never_breaks_the_screen(values):
    SHARED.send(name="retraite_dossier")
    text = SHARED.send(**values)
    assert "indisponible" not in text
    kept = SHARED.guichet.carnets["retraite"].contenu["champs"]
    assert kept == {name: value.replace("\0", "\ufffd") for name, value in values.items()}


def test_a_law_that_is_supposed_cites_no_text_that_came_after_it():
    screen = Screen()
    screen.send(depart_1="01/07/2027", autres_trimestres="0", droit="V2010_2014")
    said = screen.text.partition("Version du droit : ")[2][:300]
    assert said.startswith("pensions à effet du 1er juillet 2011 ou après (connue jusqu’au 31 août")
    assert "2025-1403" not in said
    assert "2023-270" not in said
    screen.send(depart_1="01/07/2027", autres_trimestres="0", droit="")
    assert "loi 2025-1403" in screen.text.partition("Version du droit : ")[2][:300]


def test_the_table_and_the_figure_suppose_the_same_csg_where_no_income_is_said():
    screen = Screen()
    screen.send(depart_1="01/07/2027", autres_trimestres="0", fin="actuel")
    (cell,) = (" ".join(c.split()) for c in screen.row("Pension nette avant impôt, par mois"))
    assert cell.endswith("CSG au taux plein supposée")
    # L. 136-8 CSS (8,3 %), CRDS 0,5 %, CASA 0,3 % of 2 004,45 €
    taken = sum(round(2004.45 * rate, 2) for rate in (0.083, 0.005, 0.003))
    assert cell.startswith(f"{2004.45 - taken:.2f}".replace(".", ",").replace("1", "1 ", 1))
    assert screen.row("Pension nette, en part de la paie nette")[0].endswith("%")


def test_the_hint_of_a_date_is_the_sentence_of_the_rule():
    sentence = pension_choices.rule_sentence("effect_date").rstrip(".").replace("\u00a0", " ")
    assert sentence in Screen().text


def test_the_first_effect_the_rafp_and_the_progressive_say_why_when_they_are_opened():
    screen = Screen()
    screen.send(
        depart_1="01/07/2027", autres_trimestres="0", fin="actuel", rafp_points="6000",
        progressive="60",
    )  # fmt: skip
    rows = {
        "effet": "Effet au plus tôt",
        "rafp-A": "Retraite additionnelle",
        "progressive-A": "Retraite progressive",
    }
    for of, label in rows.items():
        screen.send(name="pourquoi", of=of)
        reason = opened_fold(screen.html, f"pourquoi-{of}")
        last = re.findall(r'<div class="res">.*?<dd>(.*?)</dd>', reason, re.S)[-1]
        row = re.search(rf'<th scope="row">{label}.*?</tr>', screen.html)[0]
        assert last in row
        assert "Raison non donnée" not in reason


def test_a_reason_is_calculated_when_it_is_opened_and_ends_on_the_number_of_the_table():
    screen = Screen()
    screen.send(depart_1="01/07/2027", autres_trimestres="0", fin="actuel")
    assert screen.html.count("La raison se calcule…") == 5  # three days, the gross, the net
    assert 'data-of="brut-A"' in screen.html
    screen.send(name="pourquoi", of="brut-A")
    assert screen.html.count("La raison se calcule…") == 4
    assert 'data-of="brut-A"' not in screen.html
    gross = opened_fold(screen.html, "pourquoi-brut-A")
    assert "Pourquoi 2 004,45 € bruts" in gross.replace("\u00a0", " ")
    # RET01: 11 quarters at 1,25 %
    assert "11 trimestres à 1,25 %, soit 13,75 %" in gross.replace("\u00a0", " ")
    last = re.findall(r'<div class="res">.*?<dd>(.*?)</dd>', gross, re.S)[-1]
    assert screen.row("Pension brute, par mois")[0] == last.replace("\u00a0", " ")
    screen.send(name="pourquoi", of="net-A")
    net = opened_fold(screen.html, "pourquoi-net-A")
    last = re.findall(r'<div class="res">.*?<dd>(.*?)</dd>', net, re.S)[-1]
    assert screen.row("Pension nette avant impôt, par mois")[0].startswith(
        last.replace("\u00a0", " ")
    )
    assert "le plus élevé" in net


def test_what_is_no_reason_of_the_screen_opens_none():
    screen = Screen()
    before = screen.html
    screen.send(name="pourquoi", of="brut-Z")
    screen.send(name="pourquoi", of="<script>")
    assert screen.html == before


def test_a_range_has_a_reason_that_ends_on_its_two_bounds():
    screen = Screen()
    screen.send(depart_1="01/07/2027", fin="actuel")
    screen.send(name="pourquoi", of="brut-A")
    gross = opened_fold(screen.html, "pourquoi-brut-A")
    last = re.findall(r'<div class="res">.*?<dd>(.*?)</dd>', gross, re.S)[-1]
    shown = screen.row("Pension brute, par mois")[0]
    assert shown.startswith(last.replace("\u00a0", " "))
    assert "trimestres des autres régimes manquants" in gross.replace("\u00a0", " ")


def test_two_bounds_that_are_the_same_are_one_amount():
    # 42 years and 7 months of services: the 170 quarters are reached without any other scheme
    screen = Screen(file_of(date(1964, 7, 1), date(1984, 9, 1), "3"))
    screen.send(depart_1="01/04/2027", fin="actuel")
    (cell,) = screen.row("Pension brute, par mois")
    assert cell.count("€") == 1
    assert "selon les autres régimes" in cell


LEFT_ON = {"depart_1": "01/07/2027", "autres_trimestres": "0", "fin": "actuel"}
"""RET01: 2 004,45 € with 11 quarters of décote, 2 324,00 € before it."""


def input_of(screen, name):
    return next(a for a in screen.page.all("input") if a.get("name") == name)


@pytest.mark.parametrize(
    "typed", [{"sensible_invalidite": "oui"}, {"sensible_incapacite": "55"}], ids=str
)
def test_p06_what_is_typed_of_an_invalidity_takes_the_decote_away(typed):
    screen = Screen()
    text = screen.send(**LEFT_ON, **typed)
    assert screen.row("Décote") == ["aucune écartée : invalidité ou incapacité"]
    assert screen.row("Pension brute, par mois")[0].startswith("2 324,00 €")
    assert "sans décote" in text
    assert "jamais enregistré" in text


def test_p06_an_incapacity_too_low_changes_nothing():
    screen = Screen()
    screen.send(**LEFT_ON, sensible_incapacite="49")
    assert screen.row("Pension brute, par mois")[0].startswith("2 004,45 €")
    screen.send(sensible_incapacite="150")
    assert input_of(screen, "sensible_incapacite")["aria-invalid"] == "true"


def test_p06_an_invalidity_is_compared_from_the_next_month_and_its_rate_is_asked():
    screen = Screen()
    text = screen.send(sensible_invalidite="oui")
    assert "Une retraite pour invalidité s’ouvre à tout âge" in text
    assert screen.row("Pension due à partir du")[0] == "1er décembre 2026"
    assert input_of(screen, "sensible_taux_invalidite")["value"] == ""
    screen.send(sensible_taux_invalidite="66")
    assert screen.row("Minimum d’une invalidité")[0] in ("appliqué", "non appliqué")


def test_p06_nothing_of_an_invalidity_is_kept_and_coming_back_to_the_file_forgets_it():
    screen = Screen()
    screen.send(**LEFT_ON, sensible_invalidite="oui", sensible_taux_invalidite="77")
    assert "sensible" not in str(screen.guichet.carnets)
    assert Screen(carnets=screen.guichet.carnets).row("Décote") == ["− 13,75 % 11 trimestres"]
    screen.send("retraite_dossier")
    screen.send(**LEFT_ON)
    assert screen.row("Décote") == ["− 13,75 % 11 trimestres"]


@pytest.mark.parametrize(
    ("last", "said"),
    [("10/10/2004", "droit possible, le SRE décide"), ("10/10/2012", "une condition manque")],
)
def test_p08_three_children_show_the_conditions_of_the_early_departure(last, said):
    screen = Screen()
    births = ("02/02/1995", "03/03/1999", last)
    typed = {f"enfant_{n}_naissance": day for n, day in enumerate(births, 1)}
    typed |= {f"enfant_{n}_interruption": "4" for n in (1, 2, 3)}
    text = screen.send(enfants_nombre="3", **typed)
    assert "Puis-je partir plus tôt, comme parent ?" in text
    assert said in text
    assert "interruptions indiquées" in text
    assert "Puis-je partir plus tôt" not in screen.send(enfants_nombre="2")


@pytest.mark.parametrize(
    ("name", "value"), [("sensible_incapacite", "57"), ("sensible_invalidite", "oui")]
)
def test_p06_a_sensitive_field_alone_saves_nothing_and_says_nothing_saved(name, value):
    screen = Screen()
    text = screen.send(**(fields_of(screen.html, "retraite") | {name: value}))
    assert "Enregistré dans ce kit" not in text
    assert not screen.guichet.carnets
    text = screen.send(**(fields_of(screen.html, "retraite") | {"autres_trimestres": "12"}))
    assert "Enregistré dans ce kit" in text
    assert name not in str(screen.guichet.carnets)
