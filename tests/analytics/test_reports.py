"""Campaign reports: hand-counted figures, secrecy, and nothing of a person in an aggregated one."""

import io
import stat

import pandas as pd
import pikepdf
import pytest
from pypdf import PdfReader

import iprof_kit
from iprof_kit.analytics.publication.ledger import Ledger
from iprof_kit.analytics.reports import parts
from iprof_kit.analytics.reports import report as report_module
from iprof_kit.analytics.reports.plan import read_plan
from iprof_kit.analytics.reports.words import grid_of, reading_order
from iprof_kit.base.errors import InputError

WHY = "bilan de la campagne devant le comité social"
SOURCE = "rectorat-63"
PLACES, BALANCE = "Places de la campagne", "Équilibre entre femmes et hommes"


@pytest.fixture(autouse=True)
def own_folders(tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path_factory.mktemp("var")))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def generated():
    return iprof_kit.generate(3_000, 1)


def sixty_promouvables(women=40, **columns):
    """Return sixty promouvables alike, one in two « excellent »: thirty places are theirs."""
    table = iprof_kit.exemple_promouvables(60, 2027).sort_values("numero", ignore_index=True)
    table = table.assign(
        sexe=["F"] * women + ["H"] * (60 - women),
        academie="06",
        echelon="10",
        anciennete_jours=720,
        appreciation=["excellent", "satisfaisant"] * 30,
        opposition=0,
        quotite=100,
        entree_corps=pd.Timestamp("2005-09-01"),
        retraitable=0,
    )
    return table.assign(**columns)


def report(table=None, **options):
    asked = {"corps": "pe", "annee": 2027, "academie": "06", "contingent": 30, "source": SOURCE}
    return iprof_kit.rapport(
        sixty_promouvables() if table is None else table, **{**asked, **options}
    )


def grid(made, title):
    (part,) = [part for part in made.parties if part.titre == title]
    (one,) = part.grids
    return [dict(zip(one.heads, row, strict=True)) for row in one.rows]


def plan(folder, text):
    path = folder / "plan.yml"
    path.write_text(f"titre: Essai\nsections:\n{text}", encoding="utf-8")
    return path


def words(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_places_and_shares_are_those_counted_by_hand():
    made = report()
    (whole,) = grid(made, PLACES)
    assert (whole["Promouvables"], whole["Places"], whole["Part proposée (%)"]) == (
        "60",
        "30",
        "50",
    )
    rows = {row["Sexe"]: row for row in grid(made, BALANCE)}
    assert rows["femmes"]["Promouvables"] == "40"
    # twenty women of thirty proposed, forty of sixty promouvables
    assert rows["femmes"]["Part parmi les promouvables (%)"] == "66,7"
    assert rows["femmes"]["Part parmi les proposés (%)"] == "66,7"
    assert rows["femmes"]["Écart (points)"] == "0"


def test_an_aggregated_report_names_nobody_and_an_internal_one_says_interne():
    numbers = sixty_promouvables()["numero"]
    made, inside = report(), report(nominatif=True)
    for text in (made.html(), words(made.pdf())):
        assert not [number for number in numbers if number in text]
        assert "INTERNE" not in text
    assert sum(number in inside.html() for number in numbers) == 30
    assert "PROJET · INTERNE" in inside.html()
    assert "PROJET · INTERNE" in words(inside.pdf())


def test_too_few_men_are_secret_and_cannot_be_computed_from_the_women():
    rows = {row["Sexe"]: row for row in grid(report(sixty_promouvables(women=57)), BALANCE)}
    assert rows["hommes"]["Promouvables"] == rows["femmes"]["Promouvables"] == "secret"
    assert rows["Ensemble"]["Promouvables"] == "60"
    assert rows["hommes"]["Écart (points)"] == "secret"
    assert rows["femmes"]["Part parmi les proposés (%)"] == "secret"


def test_fewer_proposed_than_the_threshold_hide_the_places_too():
    (whole,) = grid(report(contingent=3), PLACES)
    assert (whole["Places"], whole["Part proposée (%)"]) == ("secret", "secret")
    assert report(contingent=3).vue.chiffres[-1] == ("Part proposée (%)", "secret")


def test_a_section_of_too_few_people_says_so_without_saying_how_few():
    made = report(sixty_promouvables().head(3), contingent=1)
    assert "isoler trop peu" in made.parties[0].manque
    assert "moins de" not in made.parties[0].manque


def test_steps_are_named_and_whom_they_move_stays_inside():
    title = "Étapes de la procédure"
    assert set(grid(report(), title)[0]) == {"Ordre", "Étape"}
    assert {"Entrent", "Sortent"} <= set(grid(report(nominatif=True), title)[0])


def test_what_was_published_before_is_held_against_the_report():
    table = sixty_promouvables(departement=["063"] * 58 + ["003"] * 2)
    table.attrs["source"] = SOURCE
    shown = report(table)
    assert grid(shown, PLACES)[0]["Promouvables"] == "60"
    iprof_kit.publier(table, motif=WHY, sortie="a.csv", filtres={"departement": "063"})
    assert report(table).parties[0].manque  # sixty less fifty-eight: two people


def test_the_tables_of_a_report_are_held_against_each_other():
    others = sixty_promouvables().head(2).assign(numero=["X1", "X2"], grade="hors_classe")
    made = report(pd.concat([sixty_promouvables(), others], ignore_index=True))
    assert grid(made, PLACES)[0]["Promouvables"] == "60"
    for part in made.parties[4:]:  # of the corps: sixty-two less sixty are two people
        assert part.manque or grid(made, part.titre)[-1].get("Ensemble", "secret") == "secret"


def test_a_report_written_twice_says_the_same():
    table = sixty_promouvables(women=50)
    first = report(table)
    first.html("a.html", motif=WHY)
    assert [part.grids for part in report(table).parties] == [p.grids for p in first.parties]


def test_what_is_published_meanwhile_is_held_against_the_report(monkeypatch):
    table = sixty_promouvables(departement=["063"] * 58 + ["003"] * 2)
    table.attrs["source"] = SOURCE
    calls = []

    before = report_module.assembled

    def assembled(*given):
        calls.append(given)
        found = before(*given)
        if len(calls) == 1:
            iprof_kit.publier(table, motif=WHY, sortie="a.csv", filtres={"departement": "063"})
        return found

    monkeypatch.setattr(report_module, "assembled", assembled)
    text = report(table).html("b.html", motif=WHY)
    assert len(calls) == 2
    assert "isoler trop peu" in text


STEPS = "Étapes de la procédure"  # they count nobody


def test_a_written_report_is_private_logged_and_noted_in_the_ledger(tmp_path):
    target = tmp_path / "dossier" / "rapport.html"
    made = report()
    made.html()
    assert iprof_kit.exports().empty
    assert not Ledger(SOURCE).earlier()
    made.html(target, motif=WHY)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    (line,) = iprof_kit.exports().to_dict("records")
    assert (line["etat"], line["motif"]) == ("fait", WHY)
    assert str(target) in line["fichiers"]
    titles = [one.name for one in Ledger(SOURCE).earlier()]
    assert any(PLACES in title for title in titles)
    counted = [part for part in made.parties if part.grids and part.titre != STEPS]
    assert len(titles) == len(counted)


def test_an_internal_report_is_logged_and_is_no_publication(tmp_path):
    report(nominatif=True).pdf(tmp_path / "interne.pdf", motif=WHY)
    assert iprof_kit.exports()["quoi"].item().startswith("rapport interne")
    assert not Ledger(SOURCE).earlier()


def test_what_cannot_be_written_is_no_publication(tmp_path):
    (tmp_path / "barre").write_text("un fichier", encoding="utf-8")
    with pytest.raises(iprof_kit.base.errors.Unavailable, match="ne peut pas être écrit"):
        report().html(tmp_path / "barre" / "rapport.html", motif=WHY)
    assert not Ledger(SOURCE).earlier()
    assert iprof_kit.exports()["etat"].tolist() == ["échec"]


def test_a_column_that_misses_is_told_in_its_section_and_the_rest_goes_on():
    made = report(sixty_promouvables().drop(columns="sexe"))
    told = {part.titre: part.manque for part in made.parties}
    assert "sexe (F ou H)" in told[BALANCE]
    assert not told[PLACES]
    assert "sexe (F ou H)" in made.html()


def test_an_analysis_that_is_not_there_yet_is_listed_at_the_end(monkeypatch):
    def absent(number):
        raise KeyError(number)

    monkeypatch.setattr(parts, "analyse_de", absent)
    made = report()
    assert any(text.startswith("Pyramide des âges (analyse 16") for text in made.absents)
    assert "Ce que ce rapport ne contient pas" in made.html()
    assert [part.titre for part in made.parties][:2] == [PLACES, BALANCE]


def test_an_analysis_of_a_campaign_is_asked_with_that_of_the_report(tmp_path, monkeypatch):
    asked = {}

    def of_a_campaign(gens, /, *, annee: int = 0, grade: str = "", taux: float = 0, au: str = ""):
        asked.update(annee=annee, grade=grade, taux=taux, au=au)
        raise InputError("vu.")

    monkeypatch.setattr(parts, "analyse_de", lambda number: of_a_campaign)
    path = plan(tmp_path, "  - {titre: A, analyse: 5, options: {au: ici}}\n")
    (part,) = report(plan=path, nominatif=True, contingent=None, taux=9.5).parties
    assert part.manque == "vu."
    assert asked == {"annee": 2027, "grade": "hors_classe", "taux": 9.5, "au": "ici"}


def test_the_grade_of_a_pyramid_is_the_one_held_not_that_of_the_campaign():
    made = report(nominatif=True)  # everybody is of the classe normale
    ages = grid(made, "Pyramide des âges")
    assert sum(int(row["Femmes"]) + int(row["Hommes"]) for row in ages) == 60


def test_an_option_that_an_analysis_has_not_is_told(tmp_path):
    path = plan(tmp_path, "  - {titre: Âges, analyse: 16, gens: corps, options: {pas: 3}}\n")
    (part,) = report(plan=path, nominatif=True).parties
    assert "option inconnue" in part.manque
    assert "par_an" in part.manque
    assert report(plan=path).absents == ("Âges (réservé au rapport interne)",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  - titre: A\n    analise: 16\n", "ligne 4, colonne 5 : clé inconnue.*analyse"),
        ("  - titre: A\n    analyse: 99\n", "ligne 4, colonne 14 : .*pas d’analyse"),
        ("  - titre: A\n", "ligne 3, colonne 5 : .*l’une des deux"),
        ("  - titre: A\n    campagne: barre\n", "ligne 4, colonne 15 : valeur inconnue"),
        (
            "  - titre: A\n    analyse: 16\n    publie: {par: [sexe], figure: pyramide}\n",
            "ligne 5, colonne 35 : .*croise",
        ),
        (
            "  - titre: A\n    analyse: 16\n    publie: {par: [a], croise: true, mesures: [c]}\n",
            "ligne 5, colonne 38 : .*que des effectifs",
        ),
        ("  - titre: [A\n", "YAML n’est pas correcte"),
    ],
    ids=["key", "number", "no subject", "table", "figure", "measures", "syntax"],
)
def test_a_mistake_in_a_plan_says_line_and_column(tmp_path, text, said):
    with pytest.raises(InputError, match=said):
        read_plan(plan(tmp_path, text))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: report(academie="99"), "académie inconnue"),
        (lambda: report(sixty_promouvables(academie="10")), "aucune ligne"),
        (lambda: report(sixty_promouvables(grade="hors_classe")), "personne n’est promouvable"),
        (lambda: report(seuil=2), "un seuil de"),
        (lambda: report().html("rapport.html"), "demande un motif"),
        (lambda: report().html("rapport.docx", motif=WHY), "ne s’écrit pas en"),
        (lambda: report(plan="absent.yml"), "plan de rapport ne peut pas être lu"),
    ],
    ids=["academy", "nobody", "not promouvable", "threshold", "motive", "format", "plan"],
)
def test_what_cannot_be_done_says_what_to_do(asked, said):
    with pytest.raises(InputError, match=said):
        asked()


def test_row_order_has_no_effect():
    table = sixty_promouvables()
    one, other = report(table), report(table.sample(frac=1, random_state=1))
    assert [part.grids for part in one.parties] == [part.grids for part in other.parties]


def test_the_page_stands_alone_and_its_texts_are_escaped(tmp_path):
    path = plan(tmp_path, "  - {titre: '<script>x</script>', campagne: contingent}\n")
    text = report(plan=path).html()
    assert "<script>x" not in text
    assert "&lt;script&gt;x" in text
    assert not [word for word in ("http:", "https:", "src=", "<link") if word in text]


def test_the_pdf_is_tagged_numbered_and_its_figures_have_words():
    made = report().pdf()
    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_metadata() as xmp:
        assert xmp["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "fr"
        figures = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        assert figures
        assert all("Mêmes valeurs" in str(one.Alt) for one in figures)
    pages = PdfReader(io.BytesIO(made)).pages
    assert all("PROJET" in page.extract_text() for page in pages)
    assert all("Kit libre et non officiel" in page.extract_text() for page in pages)
    assert f"page 1 sur {len(pages)}" in pages[0].extract_text()
    assert SOURCE in words(made)


@pytest.mark.parametrize("nominatif", [False, True])
def test_every_section_answers_on_a_generated_population(generated, nominatif):
    made = iprof_kit.rapport(
        generated,
        corps="pe",
        annee=2027,
        suppose="dernier_connu",
        nominatif=nominatif,
        academie="" if nominatif else "Lille",
    )
    missing = ["Équilibre entre disciplines"] if nominatif else []  # the corps has none
    assert [part.titre for part in made.parties if part.manque] == missing
    assert {PLACES, "Le corps par grade et échelon"} <= {part.titre for part in made.parties}
    assert made.html().count("<svg") == sum(part.figure is not None for part in made.parties)
    assert made.pdf().startswith(b"%PDF")


def test_a_value_is_written_as_a_reader_expects_it():
    table = pd.DataFrame({"annee": [2027], "effectif": [12_345], "part": [0.5], "propose": [True]})
    (row,) = grid_of("Essai", table).rows
    assert row == ("2027", "12\u202f345", "0,5", "oui")
    assert grid_of("Essai", table.head(0)).rows == (("aucune ligne",),)
    assert reading_order("echelon", ["Ensemble", "10", "9"]) == ["9", "10", "Ensemble"]


def test_lists_by_department_have_their_places():
    table = sixty_promouvables(departement=["063", "003"] * 30, appreciation="excellent")
    made = report(table, par=["departement"], contingent={"063": 18, "003": 6})
    rows = {row["Liste"]: row for row in grid(made, PLACES)}
    assert (rows["063"]["Promouvables"], rows["063"]["Places"]) == ("30", "18")
    assert rows["003"]["Part proposée (%)"] == "20"
    assert rows["Ensemble"]["Places"] == "24"


def test_an_internal_report_quotes_no_numen():
    numbers = ["06 E 1234507 ABC", *(f"N{n:04}" for n in range(59))]
    with pytest.raises(InputError, match="numero") as refused:
        report(sixty_promouvables(numero=numbers), nominatif=True)
    assert "1234507" not in str(refused.value)
    assert report(sixty_promouvables(numero=numbers)).parties  # aggregated: nobody is named


def test_whom_a_position_excludes_is_no_promouvable_of_a_report():
    made = report(sixty_promouvables(position=["Disponibilité"] * 4 + ["En activité"] * 56))
    (places,) = grid(made, PLACES)
    assert "56" in map(str, places.values())
