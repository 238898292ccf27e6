#!/usr/bin/env bash
# The container's entry, which also runs without a container (tests/deploy does so).
#   serve [odoo options]    the server (the default)
#   init [module,...]       make the database, install the modules (paper_mill), and give "admin" the password of ADMIN_PASSWORD
#   upgrade                 write a backup, then upgrade the modules whose version on disk is higher
#   backup [--every-day]    write a backup, and try it by restoring it beside; the last PAPER_BACKUPS (14) are kept
#   restore FOLDER          put a backup in the place of the database; what was there is kept under another name
#   backed-up               tell whether there is a backup of today
#   healthy                 tell whether the server answers
#   anything else           that program, with ODOO_RC set
# Settings are environment variables. A secret comes from a file: DB_PASSWORD_FILE, ADMIN_PASSWORD_FILE (docker's secrets).
set -euo pipefail

fail() { echo "entrypoint: $*" >&2; exit 1; }

from_file() {  # NAME, or the content of the file that NAME_FILE names; never both
  local name=$1 file_name=${1}_FILE value
  if [ -n "${!file_name:-}" ]; then
    [ -z "${!name:-}" ] || fail "both $name and $file_name are set; keep the file"
    [ -r "${!file_name}" ] || fail "the secret file ${!file_name} ($file_name) cannot be read"
    value=$(<"${!file_name}")
    [ -n "$value" ] || fail "the secret file ${!file_name} ($file_name) is empty"
    printf -v "$name" %s "$value"
  fi
  export "$name=${!name:-}"
  unset "$file_name"
}

from_file DB_PASSWORD
from_file ADMIN_PASSWORD
export DB_HOST=${DB_HOST:-db} DB_PORT=${DB_PORT:-5432} DB_USER=${DB_USER:-odoo} DB_NAME=${DB_NAME:-mill}
export DB_REPLICA_HOST=${DB_REPLICA_HOST:-} DB_REPLICA_PORT=${DB_REPLICA_PORT:-5432}
export WORKERS=${WORKERS:-2} CRON_THREADS=${CRON_THREADS:-1} HTTP_PORT=${HTTP_PORT:-8069} GEVENT_PORT=${GEVENT_PORT:-8072}
export PAPER_ADDONS=${PAPER_ADDONS:?} PAPER_STATE=${PAPER_STATE:?} PAPER_INTERFACE=${PAPER_INTERFACE:-127.0.0.1} LOG_LEVEL=${LOG_LEVEL:-info}
export PAPER_PROGRAMS=${PAPER_PROGRAMS:?} PAPER_BACKUP_FOLDER=${PAPER_BACKUP_FOLDER:-$PAPER_STATE/backup} PAPER_BACKUPS=${PAPER_BACKUPS:-14}
export ODOO_RC=$PAPER_STATE/odoo.conf

write_conf() {  # passwords stand in a file that only we can read, never on a command line
  umask 077
  python3 - "${PAPER_CONF_TEMPLATE:?}" "$ODOO_RC" <<'PY' || fail "the configuration could not be written to $ODOO_RC"
import os, string, sys
template, target = sys.argv[1:]
values = {key.lower(): value for key, value in os.environ.items()}
for secret in ("DB_PASSWORD", "ADMIN_PASSWORD"):
    if "\n" in os.environ.get(secret, ""):
        sys.exit(f"{secret} must be one line")
values["admin_passwd"] = os.urandom(24).hex()  # of the pages that make and drop databases, which are shut
text = string.Template(open(template).read()).substitute(values)
# An option without a value (no replica, no password) is left to Odoo's default.
lines = [line for line in text.splitlines() if not line.rstrip().endswith("=")]
if not values.get("db_replica_host"):
    lines = [line for line in lines if not line.startswith("db_replica_")]
open(target + ".new", "w").write("\n".join(lines) + "\n")
os.replace(target + ".new", target)
PY
  umask 022
  unset DB_PASSWORD ADMIN_PASSWORD
}

database() { python3 "${PAPER_PROGRAMS:?}/mill_database.py" "$1" "$ODOO_RC" "$DB_NAME"; }

backups() { python3 "$PAPER_PROGRAMS/backup.py" "$@"; }

set_password() {  # of the administrator, as long as it is the one that everybody knows; by the environment, never a command line
  PAPER_NEW_PASSWORD=$1 odoo shell -d "$DB_NAME" --no-http --workers=0 --log-level=warn <<'PY' || fail "the administrator's password could not be set"
import os
admin = env.ref("base.user_admin")
admin.password = os.environ.pop("PAPER_NEW_PASSWORD")
env.cr.commit()
PY
}

case ${1:-serve} in
  serve)
    shift || true; write_conf; database wait; database look
    exec odoo server -d "$DB_NAME" --db-filter "^$DB_NAME\$" "$@" ;;
  init)
    given=$ADMIN_PASSWORD
    [ -n "$given" ] || fail "init needs the administrator's password: ADMIN_PASSWORD_FILE"
    [ "${#given}" -ge 12 ] || fail "the administrator's password (ADMIN_PASSWORD_FILE) has less than 12 characters"
    write_conf; database wait; database make
    odoo server -d "$DB_NAME" -i "${2:-paper_mill}" --load-language="${PAPER_LANGUAGES:-zh_CN}" --stop-after-init --no-http --workers=0
    if ! database look 2>/dev/null; then set_password "$given"; fi
    database look ;;
  upgrade)
    write_conf; database wait; database make
    backups backup || fail "no backup, no upgrade: nothing was changed"
    exec odoo module upgrade -d "$DB_NAME" --outdated all ;;
  backup)
    shift; write_conf; database wait
    backups backup "$@" ;;
  restore)
    shift; write_conf; database wait
    backups restore "$@" ;;
  backed-up)
    exec python3 "$PAPER_PROGRAMS/backup.py" age ;;
  healthy)
    exec python3 -c "import sys, urllib.request as u
sys.exit(u.build_opener(u.ProxyHandler({})).open('http://127.0.0.1:$HTTP_PORT/web/health', timeout=4).status != 200)" ;;
  *)
    write_conf; exec "$@" ;;
esac
