# Plans: on a database of some size, no statement of the fast lane reads a whole
# table that grows. Plans are generic here as in the daemon, so NULLs will do.
# shellcheck shell=bash

grows='return|return_event|ticket|unit|registration|token|idempotency|unit_event|posting|sign_in_failure'

# The scans of whole tables in a plan on standard input.
whole_tables() {
    grep -oE "Seq Scan on ($grows)( |\$)" || true
}

plan_of() {
    printf '\\i build/queries.sql\nEXPLAIN (COSTS OFF) %s;\n' "$(call_of "$1")" | sql -t
}

database_make aftersales_sql_big
sql -1 -v units=40000 -v returns=10000 -f sql/seed/load.sql >/dev/null
sql -c "INSERT INTO registration (public_id, product, serial, unit, state, buyer_type, country, purchased_on, email, locale, created_at)
        SELECT new_id('reg'), product, serial, id, 'active', 'consumer', country, '2026-05-01', 'a@customer.example', 'en', now() - id * interval '1 s'
          FROM unit LIMIT 20000" \
    -c "INSERT INTO token (hash, return, expires_at) SELECT sha256(public_id::bytea), id, now() + interval '1 year' FROM return" \
    -c 'VACUUM ANALYZE'

nothing "the check knows a scan of a whole table when there is one" \
    "$([ "$(sql -t -c 'EXPLAIN SELECT count(description) FROM return' | whole_tables)" = 'Seq Scan on return ' ] || echo 'it does not')"
nothing "every statement of the fast lane was looked at" \
    "$([ "$(statements read | wc -l)" -ge 20 ] || echo "there are only $(statements read | wc -l)")"
for name in $(statements read); do
    nothing "$name reads no whole table that grows" "$(plan_of "$name" | whole_tables)"
done
nothing "the next page of returns begins where the last one ended, without a sort" \
    "$(plan_of return_list | grep -w Sort || true)"
