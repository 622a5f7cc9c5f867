"""The prepared tableau for a decision-maker."""

import json
import re
import stat
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pandas as pd
import pytest
import ui_html
from openpyxl import load_workbook

import iprof_kit
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.example import SOURCE, exemple_promouvables
from iprof_kit.analytics.promotions.start import campagne
from iprof_kit.ui.screens.tableau import points
from iprof_kit.ui.screens.tableau import screen as promotion_desk
from iprof_kit.ui.screens.tableau.pyramide import pyramid
from iprof_kit.ui.screens.tableau.screen import PromotionDesk, open_tableau

TODAY = date(2026, 11, 25)
ROUTE = {"kind": "route", "path": "/tableau-promotions"}


def answered(screen):
    screen.receive(ROUTE)
    return screen.html


def same(ages):
    return ages


def campaign_of(people):
    usual = {"suppose": "dernier_connu", "source": SOURCE, "le": TODAY}
    return campagne(people, "pe", "hors_classe", 2027, **usual)


def desk(hide=same, size=60):
    return PromotionDesk(campaign_of(exemple_promouvables(size, 2027)), hide, fictitious=True)


def done(one, name, **values):
    answer = one.handle({"kind": "intent", "name": name, "values": values})
    return ui_html.check(answer if isinstance(answer, str) else answer.html)


def read(page):
    return page.text.replace("\u00a0", " ").replace("\u202f", " ")


def asked(one, **values):
    return done(one, "perimetre", **values)


@pytest.fixture(scope="module")
def page():
    return ui_html.check(desk().handle(ROUTE))


def test_projet_is_at_the_title_in_the_captions_and_in_the_title_of_the_figure(page):
    assert "Hors classe 2027, professeurs des écolesPROJET" in read(page)
    # decideurs.csv, professeurs des écoles
    assert "hors de ce kit : recteur de l’académie, tableau arrêté par département." in read(page)
    assert "PROJET. Document interne, identifiants pseudonymes" in read(page)
    # 23 % of 60 is 13.8
    assert "PROJET. 60 promouvables, 13 proposés" in read(page)


def test_the_bar_of_the_contingent_is_a_row_and_the_parts_of_a_score_are_under_it(page):
    assert "Fin du contingent : 13 propositions. Barre à" in read(page)
    assert [tag for tag, held in page.tags if held.get("class") == "cutline"] == ["tr"]
    # « excellent » is 120 points for a professeur des écoles (sections.se-unsa.org/88)
    found = re.findall(r"Excellent(\d{3}) 120 \+ (\d{2,3})(?:non )?proposé", read(page))
    assert found
    assert all(int(total) == 120 + int(part) for total, part in found)


def test_wide_tables_scroll_in_a_named_region_that_takes_the_focus(page):
    (region,) = [held for _, held in page.tags if held.get("role") == "region"]
    assert region["tabindex"] == "0"
    assert region["aria-labelledby"] == "cap-tableau"
    assert [held["id"] for tag, held in page.tags if tag == "caption" and "id" in held] == [
        "cap-tableau"
    ]


def test_the_list_of_procedures_shows_the_one_that_the_table_runs(page):
    run = campaign_of(exemple_promouvables(60, 2027)).procedure.id
    chosen = [held["value"] for tag, held in page.tags if tag == "option" and "selected" in held]
    assert run == "hc_ldg"
    assert run in chosen


def test_a_wrong_ratio_is_told_beside_its_field_and_the_tables_stay():
    one = desk()
    page = asked(one, procedure="hc_ldg", taux="127", report="")
    assert "Un taux de 127 % n’est pas possible." in read(page)
    assert "13 propositions" in read(page)
    (field,) = [held for tag, held in page.tags if held.get("id") == "tb-taux"]
    assert (field["value"], field["aria-invalid"]) == ("127", "true")
    page = asked(one, procedure="hc_ldg", taux="", report="demi")
    assert "« demi » n’est pas une décimale." in read(page)


def test_a_ratio_and_a_decimal_change_the_contingent():
    # 60 × 50 % and 0.5 carried
    page = asked(desk(), procedure="hc_ldg", taux="50", report="0,5")
    assert "Fin du contingent : 30 propositions." in read(page)
    assert "30,5, dont 0,5 reporté ; reste 0,5" in read(page)


def test_another_procedure_is_told_as_a_hypothesis():
    page = asked(desk(), procedure="hc_53_2024", taux="", report="")
    assert "Procédure d’un autre champ" in read(page)


@pytest.mark.parametrize(
    ("letter", "words"),
    [("B", ""), ("C", "(une source, confiance C)"), ("D", "(non confirmé, confiance D)")],
)
def test_the_doubt_of_the_procedure_is_that_of_its_source(monkeypatch, letter, words):
    real = Campagne.provenance.func
    monkeypatch.setattr(
        Campagne, "provenance", property(lambda one: replace(real(one), confiance=letter))
    )
    said = read(ui_html.check(desk().handle(ROUTE)))
    assert ", confiance " not in said if not words else words in said


def ranks(page):
    rows = (one.get("id", "") for tag, one in page.tags if tag == "tr")
    return [int(row[2:]) for row in rows if row.startswith("r-")]


def test_the_ranking_is_shown_around_the_bar_from_its_head_or_whole_page_by_page():
    one = desk()
    # 23 % of 60 is 13.8
    assert ranks(done(one, "lignes", lignes="barre")) == list(range(11, 17))
    assert ranks(done(one, "lignes", lignes="premiers")) == list(range(1, 11))
    assert ranks(done(one, "lignes", lignes="tout")) == list(range(1, 51))
    assert ranks(done(one, "page", of="apres")) == list(range(51, 61))
    assert ranks(done(one, "page", of="apres")) == list(range(51, 61))
    assert ranks(done(one, "lignes", lignes="autre")) == list(range(11, 17))


def test_the_ranking_of_each_row_is_done_again_when_it_is_opened_and_ends_on_its_rank():
    one = desk()
    page = ui_html.check(one.handle(ROUTE))
    asks = [held["data-of"] for tag, held in page.tags if held.get("data-asks") == "pourquoi"]
    assert len(asks) == len(ranks(page)) == 6
    assert read(page).count("La raison se calcule…") == 6
    for number in asks:
        page = done(one, "pourquoi", of=number)
    assert "La raison se calcule…" not in read(page)
    for rank in ranks(page):
        assert f"Rang{rank} sur 60" in read(page)
        assert f"Pourquoi le rang {rank} ?" in read(page)
    assert "Séparé du rang suivant par" in read(page)


@pytest.mark.parametrize("of", ["", "P99-9999", "<b>"])
def test_whoever_is_not_in_the_list_opens_no_reason(of):
    page = done(desk(), "pourquoi", of=of)
    assert read(page).count("La raison se calcule…") == 6


def test_a_hidden_count_shows_secret_in_the_figure_and_in_the_table():
    def hide(ages):
        few = ages["promouvables"] < 5
        counts = ["promouvables", "proposes"]
        ages[counts] = ages[counts].astype("Int64").mask(few, pd.NA)
        return ages

    page = ui_html.check(desk(hide).handle(ROUTE))
    assert "secretproposés : secret" in read(page)
    assert any(held.get("class") == "secret" for _, held in page.tags)


def test_whom_a_position_sets_aside_is_told_and_who_is_kept_in_doubt_is_marked():
    positions = ["Congé parental"] * 57 + ["Disponibilité", "Radié", "xyz"]
    people = exemple_promouvables(60, 2027).assign(position=positions)
    campaign = iprof_kit.campagne(people, "pe", "hors_classe", 2027, suppose="dernier_connu")
    shown = read(ui_html.check(answered(open_tableau(campaign, same, TODAY))))
    counts = "2 personnes exclues par leur position, 1 position à demander, 57 gardées à vérifier."
    assert counts in shown
    assert "exclue, radiation des cadres : n’ouvre pas les promotions" in shown
    assert "à demander, position inconnue des tables" in shown
    assert "xyz" not in shown
    assert "PROJET. 57 promouvables" in shown


def test_the_page_made_ahead_follows_the_day_of_the_portal(monkeypatch):
    shown = open_tableau()  # before any session, as a warm process does
    days = iter([date(2028, 3, 5), date(2029, 3, 5)])
    monkeypatch.setattr(promotion_desk, "portal_today", lambda: next(days))
    assert "Hors classe 2029" in read(ui_html.check(answered(shown)))
    assert "Hors classe 2030" in read(ui_html.check(answered(shown)))


def ranked(people):
    return campaign_of(people).classement()


def dots_of(lanes, step):
    return sum(round(abs(lane.length) / step) + 1 for lane in lanes)


@pytest.mark.parametrize("size", [points.WIDE, points.NARROW])
def test_the_points_of_a_ranking_are_one_dot_a_person_filled_where_proposed(size):
    people = exemple_promouvables(60, 2027)
    drawn = points.strip(ranked(people), "essai", 160.0, size)
    assert dots_of(drawn.lanes, drawn.step) == 60
    # 23 % of 60 is 13.8
    assert dots_of([one for one in drawn.lanes if one.filled], drawn.step) == 13
    above = [one for one in drawn.lanes if one.y < drawn.axis]
    assert dots_of(above, drawn.step) == drawn.women == int((people["sexe"] == "F").sum())
    assert sum(one.women[1] + one.men[1] for one in drawn.columns) == 60
    assert drawn.bar.points <= 160
    assert all(0 < lane.x < drawn.width and 0 < lane.y < drawn.height for lane in drawn.lanes)


def test_a_crowd_is_drawn_with_a_dot_for_several_people():
    ranking = ranked(exemple_promouvables(3000, 2027))
    drawn = points.strip(ranking, "", None, points.NARROW)
    assert drawn.note.startswith("Un point pour ")
    assert dots_of(drawn.lanes, drawn.step) < 3000
    assert drawn.women + drawn.men == 3000


def test_a_ranking_without_bareme_has_no_points():
    ranking = pd.DataFrame({"sexe": ["F"], "propose": [True]})
    assert points.strip(ranking, "", None, points.WIDE) is None


def test_every_figure_and_every_table_says_projet():
    html = desk().handle(ROUTE)
    titles = re.findall(r"<title[^>]*>(.*?)</title>", html)
    captions = re.findall(r"<caption[^>]*>(.*?)</caption>", html, re.S)
    figures = re.findall(r"<figcaption[^>]*>(.*?)</figcaption>", html)
    assert titles
    assert captions
    assert figures
    assert all("PROJET" in one for one in (*titles, *captions, *figures))


def test_the_pyramid_has_a_scale():
    ages = pd.DataFrame(
        [("50 ans", "F", 173, 40), ("50 ans", "H", 30, 9)],
        columns=["age", "sexe", "promouvables", "proposes"],
    )
    drawn = pyramid(ages, "essai", 203, 49)
    assert [count for _, count in drawn.ticks] == ["0", "0", "100", "100"]
    of_women, of_men, left, right = (at for at, _ in drawn.ticks)
    assert (of_women - left) / drawn.ages[0].women.width == pytest.approx(100 / 173, abs=0.01)
    assert right - of_men == pytest.approx(of_women - left, abs=0.1)


def spoken(page):
    """Return what each stop of the slider says, « 23 % » → sentence."""
    html = re.findall(r'data-at="\d+" data-says="([^"]+)"[^>]*>(.*?)</span>', page)
    return {label.replace("\u00a0", " "): re.sub(r"<[^>]+>", "", words) for label, words in html}


def test_each_stop_of_the_slider_says_how_many_are_proposed_and_the_last_one():
    one = desk()
    says = spoken(one.handle(ROUTE))
    assert len(says) == 21
    for rate in (18, 23, 28):
        asked_for = campaign_of(exemple_promouvables(60, 2027)).et_si(taux=rate)
        last = asked_for.classement().query("propose").iloc[-1]
        words = says[f"{rate} %"].replace("\u00a0", " ")
        # rounded down: 18 % of 60 is 10.8, 23 % is 13.8, 28 % is 16.8
        assert words.startswith(f"{60 * rate // 100} proposés, barre à ")
        assert words.endswith(f"Dernier dossier proposé : {last['numero']}, rang {last['rang']}.")


def test_the_slider_begins_at_the_law_s_own_rate_which_stays_marked_and_may_be_come_back_to():
    one = desk()
    page = ui_html.check(one.handle(ROUTE))
    (slider,) = [held for _, held in page.tags if held.get("id") == "cran"]
    assert slider["aria-valuetext"].replace("\u00a0", " ") == "23 %"
    # ratios_promotion.csv: 23 % in 2025, the last known
    assert "Taux de 2025 reconduit : 23 %" in read(page)
    moved = done(one, "taux", cran="20")
    assert "16 places pour 60 promouvables" in read(moved)
    assert "Y revenir" in read(moved)
    assert "13 places pour 60 promouvables" in read(done(one, "taux", cran=slider["value"]))
    assert "13 places" in read(done(one, "taux", cran="99"))


def test_a_rate_between_two_stops_is_a_stop_of_its_own():
    one = desk()
    asked(one, taux="23,37")
    assert "23,37 %" in spoken(one.handle(ROUTE))


def test_two_people_are_compared_criterion_by_criterion_until_they_part():
    one = desk()
    page = done(one, "comparer", premier="1", second="60")
    assert "Pourquoi elle, et pas l’autre" in read(page) or "Pourquoi elle, et pas lui" in read(
        page
    )
    ranking = campaign_of(exemple_promouvables(60, 2027)).classement()
    first, last = ranking.iloc[0], ranking.iloc[-1]
    assert f"barème ({first['bareme']} points contre {last['bareme']} points)" in read(page)
    assert f"{first['numero']} : dans le contingent (rang)." in read(page)
    assert re.search(r"Barème\d+ points\d+ pointsdépartage", read(page))
    assert read(page).count("n’est pas lu") >= 3
    same = done(one, "comparer", premier=str(last["numero"]).lower(), second=str(first["numero"]))
    assert read(same).count(f"{first['numero']}, rang 1") == read(page).count(
        f"{first['numero']}, rang 1"
    )


def test_at_the_bar_the_last_one_by_rank_is_beside_the_next():
    html = desk().handle(ROUTE)
    shown = read(ui_html.check(html))
    ranking = campaign_of(exemple_promouvables(60, 2027)).classement()
    last = ranking[ranking["motif"] == "rang"].iloc[-1]
    after = ranking.iloc[int(last["rang"])]
    assert f"{last['numero']}, rang {last['rang']}{after['numero']}, rang {after['rang']}" in shown


def test_who_is_not_in_the_ranking_is_said_beside_the_field_and_the_comparison_stays():
    one = desk()
    page = done(one, "comparer", premier="1", second="personne")
    assert "« personne » n’est ni un rang ni un dossier de ce classement." in read(page)
    assert "Les rangs vont de 1 à 60." in read(page)
    (field,) = [held for _, held in page.tags if held.get("id") == "cmp-second"]
    assert (field["value"], field["aria-invalid"]) == ("personne", "true")
    assert "Pourquoi" in read(page)


def test_an_opposition_not_the_rank_parts_two_people():
    people = exemple_promouvables(60, 2027).assign(opposition=0)
    first = ranked(people).iloc[0]["numero"]
    people.loc[people["numero"] == first, "opposition"] = 1
    one = PromotionDesk(campaign_of(people), fictitious=True)
    page = read(done(one, "comparer", premier="1", second="2"))
    assert "Le rang n’en décide pas seul." in page
    assert f"{first} : hors du contingent (opposition motivée)." in page
    assert "1 opposition motivée" in page


def test_a_person_of_the_table_is_put_beside_and_the_focus_goes_there_once():
    one = desk()
    ranking = campaign_of(exemple_promouvables(60, 2027)).classement()
    page = done(one, "comparer_avec", of=str(ranking["numero"].iloc[39]))
    assert f"{ranking['numero'].iloc[39]}, rang 40" in read(page)
    assert [held["data-turn"] for _, held in page.tags if "data-turn" in held] == ["1"]
    back = done(one, "barre")
    assert f"{ranking['numero'].iloc[39]}, rang 40" not in read(back)


def exported(one, **values):
    return one.handle({"kind": "intent", "name": "exporter", "values": values})


def test_a_csv_says_projet_its_campaign_and_what_it_supposes_and_runs_nothing():
    people = exemple_promouvables(60, 2027)
    people["departement"] = "=1+1"
    one = PromotionDesk(replace(campaign_of(people), source="x ;=cmd()"), fictitious=True)
    asked(one, procedure="", taux="50", report="")
    file = exported(one, format="csv").download
    assert file.name == "PROJET-hors-classe-2027-professeurs-des-ecoles.csv"
    lines = file.content.decode("utf-8-sig").splitlines()
    head = [line for line in lines if line.startswith("# ")]
    origin = "\n".join(head).replace("\u00a0", " ")
    assert "Statut : PROJET" in origin
    assert "Tableau proposé, hors classe 2027, professeurs des écoles" in origin
    assert "Hypothèse : taux donné : 50 %" in origin
    assert not any(";" in line for line in head)
    rows = lines[len(head) + 1 :]
    assert len(rows) == 30
    assert all(line.endswith(";PROJET") for line in rows)
    assert all(";'=1+1;" in line for line in rows)


def test_a_workbook_has_every_sheet_and_each_says_projet():
    book = load_workbook(BytesIO(exported(desk(), format="xlsx").download.content))
    assert book.sheetnames == [
        "Tableau proposé", "Contingent", "Liste complémentaire", "Étapes", "Positions",
        "Non classés",
    ]  # fmt: skip
    assert all(str(sheet["A1"].value).startswith("PROJET. ") for sheet in book)


def test_a_list_of_one_s_own_leaves_with_a_motive_that_the_log_keeps(tmp_path, monkeypatch):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path))
    one = PromotionDesk(campaign_of(exemple_promouvables(60, 2027)))
    refused = exported(one, format="csv", motif="")
    assert "Un export demande un motif." in read(ui_html.check(refused))
    motive = "préparation du tableau, bureau des enseignants"
    assert exported(one, format="csv", motif=motive).download is not None
    log = iprof_kit.exports()
    assert log["motif"].tolist() == [motive]
    assert log["etat"].tolist() == ["fait"]


def test_a_campaign_keeps_its_rate_its_procedure_and_its_filters_on_the_page():
    people = exemple_promouvables(60, 2027)
    campaign = iprof_kit.campagne(
        people, "pe", "hors_classe", 2027, taux=30, report="0,5", filtres={"departement": "063"},
        procedure="hc_53_2024",
    )  # fmt: skip
    shown = read(ui_html.check(answered(open_tableau(campaign, same, TODAY))))
    # 30 % of 60 and 0.5 carried
    assert "18 places pour 60 promouvables" in shown
    assert "Mayenne" in shown


def test_each_dot_repeats_a_line_that_the_same_page_shows():
    one = desk()
    lines = []
    for name, values in (("lignes", {"lignes": "tout"}), ("page", {"of": "apres"})):
        page = read(done(one, name, **values))
        lines += re.findall(r"P63-\d{4}(femme|homme).*?(\d{2,3}) \d+ \+ \d+(non )?proposé", page)
    assert len(lines) == 60
    seen = Counter((sex, int(score), not no) for sex, score, no in lines)
    drawn = points.strip(ranked(exemple_promouvables(60, 2027)), "", 160.0, points.WIDE)
    dots = Counter()
    for column in drawn.columns:
        for sex, (proposed, everybody) in (("femme", column.women), ("homme", column.men)):
            dots[sex, column.points, True] += proposed
            dots[sex, column.points, False] += everybody - proposed
    assert +dots == seen


MOTIVE = "bilan de la campagne devant le comité social"
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def own_desk(tmp_path, monkeypatch, size=60):
    """A list of one's own, in a workshop of its own."""
    monkeypatch.setenv("IPROF_VAR", str(tmp_path))
    return PromotionDesk(campaign_of(exemple_promouvables(size, 2027)), clock=lambda: NOW)


def test_the_balance_without_names_says_secret_and_no_number_of_anybody():
    made = exported(desk(), quoi="bilan").download
    assert made.name == "PROJET-hors-classe-2027-professeurs-des-ecoles-bilan-sans-nom.html"
    words = made.content.decode()
    assert "PROJET" in words
    assert "secret" in words  # few people in some cells: secret_statistique.csv, five at least
    numbers = exemple_promouvables(60, 2027)["numero"].astype(str)
    assert not [number for number in numbers if number in words]


def test_a_balance_of_one_s_own_people_leaves_with_a_motive_and_is_noted(tmp_path, monkeypatch):
    one = own_desk(tmp_path, monkeypatch)
    refused = exported(one, quoi="bilan", motif="")
    assert "Un export demande un motif." in read(ui_html.check(refused))
    assert exported(one, quoi="bilan", motif=MOTIVE).download is not None
    log = iprof_kit.exports()
    assert log["motif"].tolist() == [MOTIVE]
    assert "rapport agrégé" in log["quoi"].iloc[0]
    assert list((tmp_path / "publications").rglob("*"))  # what was shown is held against the next


def test_nothing_of_fictitious_people_is_kept_nor_noted(tmp_path, monkeypatch):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path))
    one = desk()
    assert exported(one, quoi="bilan").download is not None
    answer = one.handle({"kind": "intent", "name": "enregistrer", "values": {}})
    assert answer.download is not None
    assert "rien n’est gardé" in read(ui_html.check(answer.html))
    assert list(tmp_path.iterdir()) == []


def test_a_campaign_is_recorded_with_its_day_its_parameters_and_no_name(tmp_path, monkeypatch):
    one = own_desk(tmp_path, monkeypatch)
    asked(one, procedure="", taux="50", report="")
    answer = one.handle({"kind": "intent", "name": "enregistrer", "values": {}})
    assert "Campagne enregistrée le 25 novembre 2026 à 10 h 30, taux 50 %." in read(
        ui_html.check(answer.html)
    )
    (kept,) = (tmp_path / "campagnes").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_bytes() == answer.download.content
    receipt = json.loads(kept.read_text(encoding="utf-8"))
    assert (receipt["statut"], receipt["taux_pour_cent"]) == ("PROJET", 50)
    assert (receipt["promouvables"], receipt["places"]) == (60, 30)  # half of sixty
    numbers = exemple_promouvables(60, 2027)["numero"].astype(str)
    assert not [number for number in numbers if number in kept.read_text(encoding="utf-8")]


def test_the_digest_of_a_receipt_follows_who_is_proposed(tmp_path, monkeypatch):
    one = own_desk(tmp_path, monkeypatch)
    digests = []
    for rate in ("50", "25", "50"):
        asked(one, procedure="", taux=rate, report="")
        answer = one.handle({"kind": "intent", "name": "enregistrer", "values": {}})
        digests.append(json.loads(answer.download.content)["sha256_tableau"])
    assert digests[0] == digests[2] != digests[1]


def test_a_campaign_that_cannot_be_kept_says_why_and_gives_nothing(tmp_path, monkeypatch):
    one = own_desk(tmp_path, monkeypatch)
    (tmp_path / "campagnes").write_text("a file in the way", encoding="utf-8")
    answer = one.handle({"kind": "intent", "name": "enregistrer", "values": {}})
    page = ui_html.check(answer if isinstance(answer, str) else answer.html)
    assert "La campagne ne peut pas être enregistrée." in read(page)
    assert isinstance(answer, str)
