"""Repetitions: the same whatever the processes, resumed, cancelled; and the published series."""

import multiprocessing
import stat
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import iprof_kit
from iprof_kit.analytics.projection.chunks import write_chunk
from iprof_kit.analytics.projection.compare import published
from iprof_kit.analytics.projection.repetitions import Repetitions
from iprof_kit.analytics.storage import save_population
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.commands.projection import projeter_


@pytest.fixture(scope="module")
def population():
    return iprof_kit.generate(120, seed=5)


def repeat(population, **changes):
    asked = {"repetitions": 3, "graine": 7, "processus": 1, "progres": False} | changes
    return iprof_kit.repeter(population, 2028, **asked)


def test_the_number_of_processes_changes_nothing(population, tmp_path):
    alone = repeat(population)
    two = repeat(population, processus=2, dossier=tmp_path)
    assert alone.faites == two.faites == 3
    for name in ("effectifs", "campagnes", "budget"):
        pd.testing.assert_frame_equal(alone.tableau(name), two.tableau(name))


def test_repetitions_differ_and_their_median_lies_between_the_deciles(population):
    table = repeat(population).tableau("effectifs")
    assert (table["bas"] < table["haut"]).any()
    assert (table["bas"] <= table["mediane"]).all()
    assert (table["mediane"] <= table["haut"]).all()
    assert iprof_kit.legende(table).startswith("PROJET")


def test_a_run_goes_on_from_its_chunks(population, tmp_path):
    repeat(population, repetitions=2, dossier=tmp_path)
    first = (tmp_path / "repetition-0001.parquet").read_bytes()
    told = []
    done = repeat(population, dossier=tmp_path, progres=lambda *now: told.append(now))
    assert told == [(2, 3), (3, 3)]
    assert done.message == f"3 répétitions terminées dans {tmp_path}."
    assert (tmp_path / "repetition-0001.parquet").read_bytes() == first
    pd.testing.assert_frame_equal(done.tableau("flux"), repeat(population).tableau("flux"))


def test_a_folder_that_holds_another_run_is_refused(population, tmp_path):
    repeat(population, repetitions=1, dossier=tmp_path)
    with pytest.raises(InputError, match=r"autre projection .graine, scenario"):
        repeat(population, graine=8, scenario={"sorties": 2}, dossier=tmp_path)
    with pytest.raises(InputError, match="population"):
        repeat(population.head(60), dossier=tmp_path)


def test_states_asked_afterwards_are_written_for_what_was_done(population, tmp_path):
    repeat(population, repetitions=1, dossier=tmp_path)
    repeat(population, repetitions=2, dossier=tmp_path, etats=True)
    assert len(list(tmp_path.glob("etats-*"))) == 2 * len(range(2026, 2029))


def test_a_chunk_cut_by_a_crash_is_told_and_made_again_once_removed(population, tmp_path):
    repeat(population, repetitions=2, dossier=tmp_path)
    cut = tmp_path / "repetition-0002.parquet"
    cut.write_bytes(cut.read_bytes()[:100])
    with pytest.raises(InputError, match=r"illisible.*repetition-0002\.parquet.*Supprimez"):
        repeat(population, repetitions=2, dossier=tmp_path)
    cut.unlink()
    assert repeat(population, repetitions=2, dossier=tmp_path).faites == 2


def test_two_runs_in_one_folder_do_not_write_through_each_other(tmp_path):
    table = pd.DataFrame({"valeur": np.arange(50_000.0)})
    file = tmp_path / "repetition-0001.parquet"
    with ThreadPoolExecutor(8) as pool:
        runs = [pool.submit(write_chunk, table, file, {"a": 1}) for _ in range(16)]
    assert not any(run.exception() for run in runs)
    assert [each.name for each in tmp_path.iterdir()] == [file.name]
    pd.testing.assert_frame_equal(pd.read_parquet(file), table)


def test_a_process_that_dies_is_told(population, tmp_path):
    def kill(done, _whole):
        if done:
            for process in multiprocessing.active_children():
                process.kill()

    with pytest.raises(Unavailable, match="un processus s’est arrêté"):
        repeat(population, repetitions=6, processus=2, dossier=tmp_path, progres=kill)
    assert list(tmp_path.glob("repetition-*.parquet"))


def test_a_repetition_without_retirement_counts_for_none():
    keys = {"tableau": "retraites", "annee": 2030, "corps": "agrege", "grade": ""}
    retired = pd.DataFrame(
        [keys | {"mesure": "nombre", "valeur": 2.0}, keys | {"mesure": "age_moyen", "valeur": 64.0}]
    )
    found = Repetitions(3, 3, "", None, (), (retired, retired[:0], retired[:0]))
    table = found.tableau("retraites").set_index("mesure")
    assert table.loc["nombre", ["mediane", "repetitions"]].tolist() == [0, 3]  # de 2, 0 et 0
    assert table.loc["age_moyen", ["mediane", "repetitions"]].tolist() == [64, 1]


def test_a_folder_that_holds_something_else_is_refused(population, tmp_path):
    save_population(population, tmp_path / "gens.parquet")
    with pytest.raises(InputError, match=r"autre fichier.: gens\.parquet"):
        repeat(population, dossier=tmp_path)


def test_what_is_finished_stays_when_it_is_cancelled(population, tmp_path):
    stop = Event()

    def after_the_first(done, _whole):
        if done == 1:
            stop.set()

    found = repeat(population, dossier=tmp_path, arret=stop, progres=after_the_first)
    assert found.message.startswith("Arrêté\u00a0: 1 répétition terminée sur 3")
    assert [file.name for file in tmp_path.iterdir()] == ["repetition-0001.parquet"]
    assert repeat(population, dossier=tmp_path).faites == 3


def test_interrupted_from_the_keyboard_it_says_how_many_are_done(population):
    def interrupt(done, _whole):
        if done == 2:
            raise KeyboardInterrupt

    assert repeat(population, progres=interrupt).faites == 2


def test_yearly_states_are_one_chunk_a_year(population, tmp_path):
    repeat(population, repetitions=1, dossier=tmp_path, etats=True)
    names = sorted(file.name for file in tmp_path.glob("etats-*"))
    assert names == [f"etats-0001-{year}.parquet" for year in (2026, 2027, 2028)]
    assert stat.S_IMODE((tmp_path / names[0]).stat().st_mode) == 0o600
    state = pd.read_parquet(tmp_path / names[0])
    count = repeat(population, repetitions=1).tableau("effectifs")
    wanted = count[(count["mesure"] == "effectif") & (count["annee"] == 2026)]["mediane"].sum()
    assert len(state) == wanted
    assert state["numero"].str[:3].isin(["SYN", "ENT"]).all()
    assert state["numero"].is_unique


@pytest.mark.parametrize("change", [{"repetitions": 0}, {"processus": 0}, {"etats": True}], ids=str)
def test_what_cannot_be_repeated_is_refused(population, change):
    with pytest.raises(InputError) as refused:
        repeat(population, **change)
    assert refused.value.where in change
    assert refused.value.remedy


def test_every_figure_published_since_is_compared_and_none_is_hidden():
    found = iprof_kit.comparer_aux_publies(1_500, 1, depuis=2018, jusqua=2025)
    assert len(found) == len(published(2018, 2025))
    assert found["annee"].between(2019, 2025).all()
    promoted = found.query("indicateur == 'promus' and corps == 'pe' and cle == 'hors_classe'")
    assert promoted.set_index("annee")["publie"].to_dict() == {
        2019: 14866,
        2020: 18620,
        2021: 19108,
        2023: 20157,
    }
    assert found["obtenu"].notna().sum() > len(found) * 0.9
    assert "hors tolérance" in set(found["resultat"])


def test_nothing_published_is_told():
    with pytest.raises(InputError, match="rien n’a été publié"):
        iprof_kit.comparer_aux_publies(50, 1, depuis=2025, jusqua=2026)


def test_the_command_writes_tables_that_say_projet(population, tmp_path):
    table = tmp_path / "gens.parquet"
    save_population(population, table)
    out = tmp_path / "sortie"
    asked = [str(table), "--jusqua", "2027", "--seed", "1"]
    done = CliRunner().invoke(projeter_, [*asked, "--vers", str(out)], catch_exceptions=False)
    assert "PROJET. 120 lignes projetées jusqu’en 2027." in done.output
    budget = pd.read_csv(out / "budget.csv", sep=";", decimal=",")
    assert set(budget["statut"]) == {"PROJET"}
    book = tmp_path / "sortie.xlsx"
    CliRunner().invoke(projeter_, [*asked, "--vers", str(book)], catch_exceptions=False)
    sheets = pd.read_excel(book, sheet_name=None, header=None)
    assert {"effectifs", "budget", "hypotheses"} <= set(sheets)
    assert all(str(sheet.iloc[0, 0]).startswith("PROJET") for sheet in sheets.values())


def test_the_command_refuses_another_format(population, tmp_path):
    table = tmp_path / "gens.parquet"
    save_population(population, table)
    with pytest.raises(InputError, match=r"Donnez un nom en \.xlsx, ou un dossier"):
        CliRunner().invoke(
            projeter_,
            [str(table), "--jusqua", "2027", "--seed", "1", "--vers", "a.pdf"],
            catch_exceptions=False,
        )
