# The demo's rows: the same each time, and true to their parameters.
# shellcheck shell=bash

# What the demo makes, but for moments and secrets, as one hash.
demo_hash() {
    database_make "$1"
    sql -1 -f sql/seed/demo.sql >/dev/null
    sql -t -c "SELECT md5(string_agg(x, '' ORDER BY x)) FROM (
        SELECT serial || lot || shipped_on || country FROM unit
        UNION ALL SELECT number || serial || state || created_at FROM return
        UNION ALL SELECT line || ' ' || month || country || channel || sold || returned FROM rate_month) AS rows (x)"
}

first=$(demo_hash aftersales_sql_demo_1)
is "the demo is the same each time" "$(demo_hash aftersales_sql_demo_2)" "$first"
export PGDATABASE=aftersales_sql_demo_1
is "it has sales and returns of two years" \
    "$(value "SELECT count(DISTINCT month) >= 24 AND sum(sold) > 1000 AND sum(returned) > 50 FROM rate_month")" t
is "the faulty batch comes back two to five times as often as the rest of its model" \
    "$(value "SELECT avg(back) FILTER (WHERE lot = '2603A') / avg(back) FILTER (WHERE lot <> '2603A') BETWEEN 2 AND 5
                FROM (SELECT u.lot, (EXISTS (SELECT FROM return AS r WHERE r.unit = u.id))::int AS back
                        FROM unit AS u JOIN product AS p ON p.id = u.product WHERE p.model = 'MT-52') AS units")" t
