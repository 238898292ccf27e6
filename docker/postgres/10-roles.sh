#!/bin/bash
# Run once by the image when the cluster is made: what only the superuser may do, then the role of Odoo, and that of the
# replica where its secret is given. Every database of the mill is copied from template1: without the extensions there
# Odoo leaves its trigram indexes out in silence, and no search goes by them.
set -euo pipefail
sql() { psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" "$@"; }
sql -d template1 <<'SQL'
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gist;
alter function unaccent(text) immutable;
SQL
sql -d postgres -v password="$(<"${DB_PASSWORD_FILE:-/run/secrets/db_password}")" -v role="${DB_USER:-odoo}" <<'SQL'
create role :"role" login createdb password :'password';
SQL
replication=${DB_REPLICATION_PASSWORD_FILE:-/run/secrets/db_replication_password}
if [ -r "$replication" ]; then
  sql -d postgres -v password="$(<"$replication")" <<'SQL'
create role replicator login replication password :'password';
-- Kept for the replica while it is away, up to max_slot_wal_keep_size: it goes on where it stopped.
select pg_create_physical_replication_slot('replica') where not exists
  (select from pg_replication_slots where slot_name = 'replica');
SQL
  echo 'host replication replicator all scram-sha-256' >>"$PGDATA/pg_hba.conf"
fi
