#!/bin/bash
# A streaming replica: copies the primary when its own folder is empty, then follows it. The primary keeps what it has not
# had yet in the slot "replica"; one that was away for longer than the slot lasts copies anew once its folder is emptied.
set -euo pipefail
data=${REPLICA_DATA:-/var/lib/postgresql/data/replica}
copy=$data.copying
# A copy that was broken off is none: the folder has its name once the copy is whole.
if [ ! -s "$data/PG_VERSION" ]; then
  rm -rf "$data" "$copy"
  PGPASSWORD=$(<"${DB_REPLICATION_PASSWORD_FILE:-/run/secrets/db_replication_password}")
  export PGPASSWORD
  until pg_basebackup -h "${DB_HOST:-db}" -U replicator -D "$copy" -R -S replica -X stream -c fast; do
    echo "replica: the primary is not ready yet" >&2
    rm -rf "$copy"
    sleep 3
  done
  chmod 700 "$copy"
  mv "$copy" "$data"
fi
exec postgres -D "$data" -c hot_standby=on "$@"
