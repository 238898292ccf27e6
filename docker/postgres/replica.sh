#!/bin/bash
# A streaming replica: copies the primary when its own folder is empty, then follows it.
set -euo pipefail
data=/var/lib/postgresql/data/replica
if [ ! -s "$data/PG_VERSION" ]; then
  rm -rf "$data"
  PGPASSWORD=$(</run/secrets/db_replication_password)
  export PGPASSWORD
  until pg_basebackup -h db -U replicator -D "$data" -R -X stream -c fast; do
    echo "replica: the primary is not ready yet" >&2
    sleep 3
  done
  chmod 700 "$data"
fi
exec postgres -D "$data" -c hot_standby=on
