"""Backups in a container: written and tried, once or every day; looked at; brought back. See tools/mill/backups.py.

backup.py backup|check|restore|age [FOLDER]
"""

import argparse
import configparser
import datetime
import os
import re
import sys
import time
from pathlib import Path

import backups  # lies beside it in the image


def _place(conf):
    options = configparser.RawConfigParser()
    options.read(conf)
    given = options["options"]
    names = {"PGHOST": "db_host", "PGPORT": "db_port", "PGUSER": "db_user", "PGPASSWORD": "db_password"}
    env = {**os.environ, **{name: given[option] for name, option in names.items() if given.get(option)}}
    versions = {}
    for folder in given.get("addons_path", "").split(","):
        for path in Path(folder.strip()).glob("*/__manifest__.py"):
            found = re.search(r'"version":\s*"([^"]+)"', path.read_text())
            versions[path.parent.name] = found[1] if found else "0"
    return backups.Place(env, Path(given["data_dir"]) / "filestore", versions=versions)


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["backup", "check", "restore", "age"])
    parser.add_argument("backup", nargs="?", type=Path, help="folder of the backup; the newest if none is named")
    parser.add_argument("--conf", default=os.environ.get("ODOO_RC"))
    parser.add_argument("--database", default=os.environ.get("DB_NAME", "mill"))
    parser.add_argument("--folder", type=Path, default=Path(os.environ.get("PAPER_BACKUP_FOLDER", "/var/backups/paper")))
    parser.add_argument("--keep", type=int, default=int(os.environ.get("PAPER_BACKUPS", "14")))
    parser.add_argument("--every-day", action="store_true", help="go on for ever, at --hour each day (UTC)")
    parser.add_argument("--hour", type=int, default=int(os.environ.get("PAPER_BACKUP_HOUR", "18")))
    args = parser.parse_args(argv)
    try:
        if args.every_day:
            _every_day(args)
        return _do(args)
    except backups.BackupError as error:
        print(f"backup: {error}", file=sys.stderr)
        return 1


def _do(args):
    newest = (backups.of(args.folder, args.database) or [None])[-1]
    given = args.backup or newest
    if args.what == "age":
        moment = given and datetime.datetime.fromisoformat(backups.facts(given)["taken"])
        hours = moment and (datetime.datetime.now(datetime.UTC) - moment).total_seconds() / 3600
        if moment is None or hours > 26:
            raise backups.BackupError("There is no backup of the last 26 hours.", "See what the service “backup” says.")
        print(f"{given}: {hours:.1f} hours old")
        return 0
    place = _place(args.conf)
    if args.what == "backup":
        folder = backups.write(place, args.database, args.folder, args.keep)
        said = backups.check(place, folder)
        print(f"{folder}: {sum(said['rows'].values()):,} rows, {said['files']:,} files; restored beside, and compared")
        return 0
    if not given:
        raise backups.BackupError(f"There is no backup in {args.folder}.", "Name its folder.")
    if args.what == "check":
        backups.check(place, given)
        print(f"{given}: restored beside, and compared")
    else:
        kept = backups.restore(place, given, args.database)
        print(f"{args.database} is as it was in {given}" + (f"; what was there before is the database {kept}" if kept else ""))
    return 0


def _every_day(args):
    while True:
        now = datetime.datetime.now(datetime.UTC)
        due = now.replace(hour=args.hour, minute=0, second=0, microsecond=0)
        newest = (backups.of(args.folder, args.database) or [None])[-1]
        if newest:
            time.sleep(((due - now).total_seconds() - 1) % 86400 + 1)
        try:
            _do(args)
        except backups.BackupError as error:  # tomorrow again; the health check tells meanwhile
            print(f"backup: {error}", file=sys.stderr, flush=True)
            time.sleep(600)


if __name__ == "__main__":
    sys.exit(main())
