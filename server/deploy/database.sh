#!/bin/bash
# Runs once inside the PostgreSQL container: the service's own role, which is no
# superuser, and its database.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U postgres -v password="$(cat /run/secrets/aftersales_password)" <<'SQL'
CREATE ROLE aftersales LOGIN PASSWORD :'password';
CREATE DATABASE aftersales OWNER aftersales TEMPLATE template0;
REVOKE ALL ON DATABASE aftersales FROM PUBLIC;
SQL
