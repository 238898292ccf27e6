"""Making, copying and dropping databases together with their filestores."""

import contextlib
import os
import shutil

from . import configuration
from .console import Problem
from .postgres import cluster

EXTENSIONS = (
    "create extension if not exists pg_trgm",
    "create extension if not exists unaccent",
    "create extension if not exists btree_gist",
    "alter function unaccent(text) immutable",
)


def filestore(where, database):
    return configuration.data_dir(where) / "filestore" / database


def exists(where, database):
    return bool(cluster(where).query("postgres", f"select 1 from pg_database where datname = '{database}'"))


def create(where, database):
    """Make an empty database; without the extensions before the installation, trigram indexes are left out in
    silence."""
    server = cluster(where)
    drop(where, database)
    server.execute("postgres", f'create database "{database}" owner "{server.owner}" template template0 encoding \'UTF8\'')
    for statement in EXTENSIONS:
        with contextlib.suppress(Problem) if server.external else contextlib.nullcontext():
            server.execute(database, statement)


def drop(where, database):
    """Drop a database and its filestore; nothing happens when there is none."""
    server = cluster(where)
    if exists(where, database):
        force = "" if server.external else " with (force)"
        server.execute("postgres", f'drop database if exists "{database}"{force}')
    shutil.rmtree(filestore(where, database), ignore_errors=True)


def clone(where, source, target):
    """Copy a database nobody is connected to, and its filestore by hard links (files there are never changed, only
    added)."""
    server = cluster(where)
    drop(where, target)
    strategy = "" if server.external or _major(server) < 15 else " strategy file_copy"
    server.execute("postgres", f'create database "{target}" owner "{server.owner}" template "{source}"{strategy}')
    if filestore(where, source).exists():
        shutil.copytree(filestore(where, source), filestore(where, target), copy_function=os.link)


def rename(where, source, target):
    drop(where, target)
    cluster(where).execute("postgres", f'alter database "{source}" rename to "{target}"')
    if filestore(where, source).exists():
        filestore(where, source).rename(filestore(where, target))


def matching(where, prefix):
    """Return the names of the databases that start with a prefix."""
    rows = cluster(where).query("postgres", "select datname from pg_database order by datname")
    return [row[0] for row in rows if row[0].startswith(prefix)]


def _major(server):
    return int(server.query("postgres", "show server_version_num")[0][0]) // 10000

