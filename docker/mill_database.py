"""The database of a mill in a container: made with what Odoo itself may not make, and looked at before it is served.

    mill_database.py wait|make|look CONF DATABASE

Every complaint is one sentence with what to do.
"""

import configparser
import os
import sys
import time

import psycopg2

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")
LACKING = """\
select name from unnest(%s) name where name not in (select extname from pg_extension)
union all select 'unaccent immutable' from pg_proc where proname = 'unaccent' and pronargs = 1 and provolatile != 'i'"""


def options(conf):
    parser = configparser.RawConfigParser()
    parser.read(conf)
    return parser["options"]


def connect(given, database):
    connection = psycopg2.connect(
        host=given["db_host"],
        port=given.get("db_port"),
        user=given["db_user"],
        password=given.get("db_password"),
        dbname=database,
        connect_timeout=5,
    )
    connection.autocommit = True
    return connection


def query(connection, sql, values=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def wait(given, database):
    """Wait until PostgreSQL lets us in."""
    until, error = time.time() + float(os.environ.get("DB_TIMEOUT", "60")), ""
    while True:
        try:
            connect(given, "postgres").close()
            return
        except psycopg2.OperationalError as problem:
            error = str(problem).strip().splitlines()[-1]
        if "authentication failed" in error or time.time() > until:
            sys.exit(f"entrypoint: PostgreSQL on {given['db_host']} does not let {given['db_user']} in: {error}")
        time.sleep(0.5)


def is_there(given, database):
    return bool(query(connect(given, "postgres"), "select 1 from pg_database where datname = %s", (database,)))


def make(given, database):
    """Make the empty database, unless it is there, and refuse one in which Odoo would leave its trigram indexes out."""
    if not is_there(given, database):
        query(connect(given, "postgres"), f'create database "{database}" template template1')
    lacking = [name for (name,) in query(connect(given, database), LACKING, (list(EXTENSIONS),))]
    if lacking:
        sys.exit(
            f"entrypoint: the database {database} lacks {', '.join(lacking)}, which only PostgreSQL's superuser may make. "
            f"As the superuser, in {database} and in template1: create extension pg_trgm; create extension unaccent; "
            "create extension btree_gist; alter function unaccent(text) immutable;"
        )


def look(given, database):
    """Refuse to serve what is not ready: no database, one half made, the administrator's password that everybody knows."""
    if not is_there(given, database):
        sys.exit(f"entrypoint: there is no database {database} yet. Make it: docker compose run --rm odoo init")
    connection = connect(given, database)
    if not query(connection, "select 1 from pg_class where relname = 'ir_module_module' and relkind = 'r'"):
        sys.exit(f"entrypoint: the database {database} is empty. Fill it: docker compose run --rm odoo init")
    if weak := with_known_password(connection):
        sys.exit(
            f"entrypoint: everybody can log in as {' and '.join(weak)}: the password is the name. "
            "Put another one into the secret admin_password and call: docker compose run --rm odoo init"
        )
    # PDFs fetch their style sheets from here: the address from outside leads back in by a proxy, or nowhere.
    url = f"http://127.0.0.1:{os.environ.get('HTTP_PORT', '8069')}"
    set_url = "insert into ir_config_parameter (key, value) values ('report.url', %s) on conflict (key) do nothing"
    query(connection, set_url, (url,))


def with_known_password(connection):
    """Return the administrators whose password is their login."""
    from passlib.context import CryptContext  # as Odoo does

    known = CryptContext(["pbkdf2_sha512", "plaintext"], deprecated=["plaintext"])
    rows = query(connection, "select login, password from res_users where active and login = 'admin' and password is not null")
    return [login for login, kept in rows if known.verify(login, kept)]


if __name__ == "__main__":
    task, conf_file, name = sys.argv[1:]
    {"wait": wait, "make": make, "look": look}[task](options(conf_file), name)
