"""Backups as such: what is broken off, cut off, of something newer, or in the way of somebody who works."""

import errno
import hashlib
import json
import os
import sys
import tarfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.mill import backups

CONTENT = """
create table ir_module_module (name text, latest_version text, state text);
insert into ir_module_module values ('paper_base', '19.0.1.2.3', 'installed');
create table ir_attachment (id serial, store_fname text);
create table paper_contract (id serial, name text);
insert into paper_contract (name) values ('HT-1'), ('HT-2');
"""


@pytest.fixture
def place(postgres, tmp_path):
    """A small mill: two contracts and one file."""
    environment = {**os.environ, "PGHOST": str(postgres.folder), "PGPORT": str(postgres.port), "PGUSER": "odoo"}
    place = backups.Place(environment, tmp_path / "filestore", postgres.programs, versions={"paper_base": "19.0.1.2.3"})
    place.make("small")
    place.query("small", CONTENT)
    name = hashlib.sha1(b"signed").hexdigest()
    path = tmp_path / "filestore" / "small" / name[:2] / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"signed")
    place.query("small", f"insert into ir_attachment (store_fname) values ('{name[:2]}/{name}')")
    yield place
    for (database,) in place.query("postgres", "select datname from pg_database where datname like 'small%'"):
        place.drop(database)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "backups"
    made.mkdir()
    return made


def names(place):
    return [name for (name,) in place.query("postgres", "select datname from pg_database where datname like 'small%' order by 1")]


def refused(call, *words):
    with pytest.raises(backups.BackupError) as caught:
        call()
    assert caught.value.remedy, "a way out is named"
    for word in words:
        assert word in str(caught.value), str(caught.value)


def test_it_comes_back(place, folder):
    written = backups.write(place, "small", folder)
    said = backups.check(place, written)
    assert said["rows"]["paper_contract"] == 2 and said["files"] == 1
    assert names(place) == ["small"], "nothing is left of the trial"
    place.query("small", "update paper_contract set name = 'forged'")
    kept = backups.restore(place, written)
    assert place.query("small", "select name from paper_contract order by id") == [["HT-1"], ["HT-2"]]
    assert place.query(kept, "select distinct name from paper_contract") == [["forged"]]
    assert (place.filestores / kept).exists() and (place.filestores / "small").exists()


def test_cut_off_or_changed(place, folder):
    written = backups.write(place, "small", folder)
    dump = written / "small.dump"
    whole = dump.read_bytes()
    dump.write_bytes(whole[: len(whole) // 2])
    for call in (lambda: backups.check(place, written), lambda: backups.restore(place, written)):
        refused(call, "cut off or changed")
    dump.unlink()
    refused(lambda: backups.restore(place, written), "small.dump is missing")
    assert names(place) == ["small"]


def test_no_backup_at_all(place, folder):
    refused(lambda: backups.restore(place, folder), "no whole backup")
    (folder / "backup.json").write_text("{}")
    refused(lambda: backups.restore(place, folder), "cannot be read")
    (folder / "backup.json").write_text(json.dumps({"database": "small'; drop", "sums": {}}))
    refused(lambda: backups.restore(place, folder), "cannot be the name")
    refused(lambda: backups.write(place, "nowhere", folder), "no database nowhere")


def test_what_was_written_differently_is_not_taken(place, folder):
    """Rows, contracts and files are compared before anything is put in the place of the mill."""
    written = backups.write(place, "small", folder)
    note = written / "backup.json"
    said = json.loads(note.read_text())
    note.write_text(json.dumps({**said, "rows": {**said["rows"], "paper_contract": 3}}))
    refused(lambda: backups.restore(place, written), "2 rows instead of 3")
    note.write_text(json.dumps({**said, "evidence": {"paper_contract": "0" * 32}}))
    refused(lambda: backups.restore(place, written), "reads differently")
    assert names(place) == ["small"]
    with tarfile.open(written / "filestore.tar.gz", "w:gz"):
        pass
    note.write_text(
        json.dumps({**said, "sums": {**said["sums"], "filestore.tar.gz": backups._sum(written / "filestore.tar.gz")}})
    )
    refused(lambda: backups.restore(place, written), "is missing")
    assert names(place) == ["small"]


def test_of_something_newer(place, folder):
    written = backups.write(place, "small", folder)
    place.versions = {"paper_base": "19.0.1.2.2"}
    refused(lambda: backups.restore(place, written), "newer addons", "19.0.1.2.3", "19.0.1.2.2")
    place.versions = {"paper_roll": "19.0.1.0.0"}
    refused(lambda: backups.restore(place, written), "not here: paper_base")
    note = written / "backup.json"
    note.write_text(json.dumps({**json.loads(note.read_text()), "format": backups.FORMAT + 1}))
    refused(lambda: backups.restore(place, written), "newer program")


def test_a_full_disk(place, folder, monkeypatch):
    """In the middle of it, or known before: nothing is left that could be taken for a backup."""

    def full(*_args, **_given):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(tarfile.TarFile, "add", full)
        refused(lambda: backups.write(place, "small", folder), "No space left")
    assert not list(folder.iterdir())
    written = backups.write(place, "small", folder)
    with monkeypatch.context() as patched:
        patched.setattr(tarfile.TarFile, "extractall", full)
        refused(lambda: backups.restore(place, written), "No space left")
    assert names(place) == ["small"]
    with monkeypatch.context() as patched:
        usage = type("Usage", (), {"free": 10})
        patched.setattr(backups.shutil, "disk_usage", lambda _path: usage)
        refused(lambda: backups.write(place, "small", folder), "MB left")
    assert len(list(folder.iterdir())) == 1


def test_somebody_works(place, folder):
    written = backups.write(place, "small", folder)
    with backups._snapshot(place, "small"):
        refused(lambda: backups.restore(place, written), "Somebody is using")
    assert names(place) == ["small"]


def test_a_dump_and_its_files_are_of_one_moment(place, folder, monkeypatch):
    """A contract that is signed while the backup is written: its row is in it together with its file, or neither."""
    upstream = backups.Place.run

    def meanwhile(self, program, *args):
        if program == "pg_dump":
            late = hashlib.sha1(b"late").hexdigest()
            (self.filestores / "small" / late[:2]).mkdir(exist_ok=True)
            (self.filestores / "small" / late[:2] / late).write_bytes(b"late")
            self.query("small", f"insert into ir_attachment (store_fname) values ('{late[:2]}/{late}')")
            self.query("small", "insert into paper_contract (name) values ('HT-3')")
        return upstream(self, program, *args)

    monkeypatch.setattr(backups.Place, "run", meanwhile)
    written = backups.write(place, "small", folder)
    assert backups.check(place, written)["rows"]["paper_contract"] == 2


def test_the_last_ones_stay(place, folder):
    (folder / "small-20200101-000000.part").mkdir()
    os.utime(folder / "small-20200101-000000.part", (0, 0))
    written = [backups.write(place, "small", folder, keep=2) for _each in range(3)]
    assert backups.of(folder, "small") == written[1:]
    assert sorted(folder.iterdir()) == written[1:], "what was broken off is swept up"
