"""What is damaged, cut, changed or opened with another key is named, and never restored."""

import hashlib
import io
import json
import tarfile

import pytest
from backup_pieces import files, restore, save, write_files

from iprof_kit.base.errors import InputError
from iprof_kit.records import database as db
from iprof_kit.records import snapshots
from iprof_kit.services.backup import secrecy
from iprof_kit.services.backup.checking import verify
from iprof_kit.services.backup.secrecy import Closing, Opening

FILES = ("cles/rectorat.cle", "var/exports.jsonl")
PHRASE = "six mots sans aucun lien entre eux"


@pytest.fixture
def archive(elsewhere, now, tmp_path):
    with elsewhere("sqlite", "ici"):
        db.prepare_database()
        write_files({"cles/rectorat.cle": b"c" * 5_000, "exports.jsonl": b"e" * 5_000})
        save(tmp_path / "sauvegarde", now)
    return tmp_path / "sauvegarde"


def repacked(archive, change):
    """Write the archive again, its entries changed."""
    with tarfile.open(archive) as tar:
        held = {entry.name: tar.extractfile(entry).read() for entry in tar}
    held = change(held) or held
    with tarfile.open(archive, "w") as tar:
        for name, content in held.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def altered(held):
    held["cles/rectorat.cle"] = b"C" * 5_000


def without_a_key(held):
    del held["cles/rectorat.cle"]


def with_one_more(held):
    manifest = held.pop("manifeste.json")
    held |= {"var/de-trop.txt": b"x", "manifeste.json": manifest}


def going_out(held):
    return {"var/../../dehors": b"x"} | held


def absolute(held):
    return {"/etc/dehors": b"x"} | held


def told(held, change):
    manifest = json.loads(held["manifeste.json"])
    change(manifest)
    held["manifeste.json"] = json.dumps(manifest).encode()


def other_counts(held):
    told(held, lambda manifest: manifest["lignes"].update(audit=12))


def other_format(held):
    told(held, lambda manifest: manifest.update(format=2))


def unknown_engine(held):
    told(held, lambda manifest: manifest.update(moteur="mysql"))


def no_manifest(held):
    held["manifeste.json"] = b"{}"


def cut(part):
    def change(archive):
        content = archive.read_bytes()
        archive.write_bytes(content[: int(len(content) * part)])

    return change


def flipped(archive):
    content = bytearray(archive.read_bytes())
    content[content.index(b"cccc")] ^= 1
    archive.write_bytes(content)


def one_bit(archive):
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 1
    archive.write_bytes(content)


def not_one(archive):
    archive.write_bytes(b"une photo de vacances" * 1_000)


WRONG = {
    "half": (cut(0.5), "tronquée ou abîmée"),
    "without its end": (cut(0.97), "tronquée ou abîmée"),
    "empty": (cut(0), "n’est pas une sauvegarde du kit"),
    "another file": (not_one, "n’est pas une sauvegarde du kit"),
    "one bit": (flipped, r"cles/rectorat.cle \(abîmé ou modifié\)"),
    "altered": (altered, r"cles/rectorat.cle \(abîmé ou modifié\)"),
    "a key less": (without_a_key, r"cles/rectorat.cle \(absent\)"),
    "a file more": (with_one_more, r"var/de-trop.txt \(en trop\)"),
    "counts": (other_counts, r"audit \(1 au lieu de 12\)"),
    "format": (other_format, "plus récente du kit"),
    "engine": (unknown_engine, "ne contient pas la base"),
    "manifest": (no_manifest, "manifeste de la sauvegarde est illisible"),
    "out of its place": (going_out, "nom inattendu"),
    "anywhere": (absolute, "nom inattendu"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_named_and_nothing_is_restored(wrong, archive, elsewhere, now):
    change, said = WRONG[wrong]
    if change in (flipped, not_one) or change.__qualname__.startswith("cut"):
        change(archive)
    else:
        repacked(archive, change)
    with elsewhere("sqlite"):
        with pytest.raises(InputError, match=said) as caught:
            verify(archive, Opening())
        assert caught.value.where == str(archive)
        with pytest.raises(InputError, match=said):
            restore(archive, now)
        assert snapshots.is_empty()
        assert files() == {}


def test_a_database_damaged_before_its_sum_was_taken_is_found(archive, elsewhere):
    def change(held):
        base = bytearray(held["base/iprof.sqlite"])
        base[5_000:9_000] = bytes(4_000)
        held["base/iprof.sqlite"] = bytes(base)
        one = {"nom": "base/iprof.sqlite", "taille": len(base), "sha256": sum_of(bytes(base))}
        told(
            held,
            lambda m: m.update(
                fichiers=[one, *[f for f in m["fichiers"] if f["nom"] != one["nom"]]]
            ),
        )

    repacked(archive, change)
    with elsewhere("sqlite"), pytest.raises(InputError, match="base de la sauvegarde"):
        verify(archive, Opening())


def sum_of(content):
    return hashlib.sha256(content).hexdigest()


@pytest.mark.postgres
@pytest.mark.parametrize("part", [0.4, 0.95])
def test_a_copy_of_postgresql_that_is_cut_is_found(database_of_postgres, tmp_path, part):
    copy = tmp_path / "copie"
    snapshots.take(copy)
    whole = copy.read_bytes()
    assert snapshots.count("postgresql", copy)["alembic_version"] == 1
    copy.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(InputError, match="ne se relit pas"):
        snapshots.count("postgresql", copy)


@pytest.fixture
def database_of_postgres(postgres, elsewhere):
    with elsewhere("postgres", "ici"):
        db.prepare_database()
        yield


@pytest.fixture
def closed(elsewhere, now, tmp_path):
    """An archive encrypted for a key, and what opens it."""
    public, secret = secrecy.new_key()
    with elsewhere("sqlite", "ici"):
        db.prepare_database()
        save(tmp_path / "sauvegarde", now, Closing((secrecy.recipient(public),)))
    return tmp_path / "sauvegarde", Opening((secrecy.identity(secret.decode()),))


def other_key():
    return Opening((secrecy.identity(secrecy.new_key()[1].decode()),))


def test_another_key_opens_nothing(closed, elsewhere):
    archive, _good = closed
    with elsewhere("sqlite"):
        for opening, said in ((other_key(), "n’ouvre pas"), (Opening(), "est chiffrée")):
            with pytest.raises(InputError, match=said):
                verify(archive, opening)


@pytest.mark.parametrize("change", [cut(0.0004), cut(0.5), cut(0.99), one_bit])
def test_an_encrypted_one_that_is_cut_or_changed_is_found(change, closed, elsewhere):
    archive, good = closed
    change(archive)
    with elsewhere("sqlite"), pytest.raises(InputError, match="abîmée"):
        verify(archive, good)


def test_a_large_one_asks_for_a_key_rather_than_a_phrase(elsewhere, now, tmp_path, monkeypatch):
    monkeypatch.setattr(secrecy, "LARGEST_BY_PHRASE", 50_000)
    with elsewhere("sqlite"):
        db.prepare_database()
        with pytest.raises(InputError, match="ne se chiffre pas par une phrase"):
            save(tmp_path / "sauvegarde", now, Closing(phrase=PHRASE))
    assert not (tmp_path / "sauvegarde").exists()
