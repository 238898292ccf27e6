#!/bin/bash
# Run once by the image when the cluster is made: the role of Odoo, and that of the replica where its secret is given.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U postgres -d postgres -v password="$(</run/secrets/db_password)" <<'SQL'
create role odoo login createdb password :'password';
SQL
if [ -r /run/secrets/db_replication_password ]; then
  psql -v ON_ERROR_STOP=1 -U postgres -d postgres -v password="$(</run/secrets/db_replication_password)" <<'SQL'
create role replicator login replication password :'password';
SQL
  echo 'host replication replicator all scram-sha-256' >>"$PGDATA/pg_hba.conf"
fi
