# Races: what many sessions do in the same instant. They meet at a lock that is
# given free when all of them wait for it.
# shellcheck shell=bash disable=SC2154 # work is a folder of run.sh

racers=8

# Run the racers' statements, "$1" with :n for its number, in as many sessions at once;
# prints the errors' codes or messages, one a line, sorted and counted.
race() {
    local n pids=()

    sql -c "SELECT pg_advisory_lock(1)" -c "DO \$\$ BEGIN
        WHILE (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 1 AND NOT granted
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) < $racers LOOP
            PERFORM pg_sleep(0.005);
            PERFORM pg_stat_clear_snapshot();
        END LOOP; END \$\$" >/dev/null &
    pids+=($!)
    until [ "$(sql -t -c "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 1 AND granted")" = 1 ]; do sleep 0.02; done
    for n in $(seq $racers); do
        { printf 'SELECT pg_advisory_lock_shared(1) \\g /dev/null\n\\set n %d\n' "$n"; printf '%s\n' "$1"; } |
            psql -X -q -A -t -v VERBOSITY=terse -v SHOW_CONTEXT=never >"$work/racer.$n" 2>&1 &
        pids+=($!)
    done
    wait "${pids[@]}"
    cat "$work"/racer.* | sed 's/^.*ERROR: */ERROR /' | sort | uniq -c | sed 's/^ *//'
}

file_return="SELECT 'filed' FROM return_file('ret_' || lpad(:'n' || '%s', 26, '0'), 'R-0000-000' || :'n' || '-%s', new_id('evt'),
    sha256(('token ' || :'n' || '%s')::bytea), 'prd_00000000000000000000000001', '%s', 'doa',
    'It does not start at all.', '%s', 'direct', NULL, 'Ann', 'ann@customer.example', NULL, 'en');"

# file SERIAL LETTER COUNTRY: the statement by which every racer files the same machine.
file() {
    # shellcheck disable=SC2059 # the format is the statement
    printf "$file_return" "$2" "$2" "$2" "$1" "$3"
}

database_make aftersales_sql_race
sql -1 -f tests/sql/fixture/small.sql >/dev/null

is "of many who send one machine back at once, one is taken and the others are told" \
    "$(race "$(file RACE1 1 DE)")" \
    "$(printf '%d ERROR RETURN_ALREADY_OPEN\n1 filed' $((racers - 1)))"
is "and it has one ticket" "$(value "SELECT count(*) FROM ticket JOIN return AS r ON r.id = ticket.return WHERE serial = 'RACE1'")" 1

rhein=$(value "SELECT id FROM partner WHERE name = 'Rhein'")
ticket=$(value "SELECT newest_ticket FROM return WHERE serial = 'RACE1'")
move="SELECT 'moved' FROM ticket_move('partner_tech', $rhein, NULL, '$ticket', 1, 'accepted', 'We come.', new_id('evt'));"
is "of many who move one ticket from the same version, one does" "$(race "$move")" \
    "$(printf '%d ERROR STALE\n1 moved' $((racers - 1)))"
is "and its version is the next one" "$(value "SELECT row_version FROM ticket WHERE public_id = '$ticket'")" 2

claim="BEGIN; SELECT 'claimed' FROM idempotency_claim('return_file anyone', 'race-key-1', 'a');
SELECT pg_sleep(0.3) \\g /dev/null
INSERT INTO idempotency (scope, key, fingerprint, status, sealed_body) VALUES ('return_file anyone', 'race-key-1', 'a', 201, '\\x00'); COMMIT;"
is "of many twins with one Idempotency-Key, one works and the others are told that it does" \
    "$(race "$claim" | grep -v 'current transaction is aborted')" \
    "$(printf '%d ERROR IDEMPOTENCY_IN_PROGRESS\n1 claimed' $((racers - 1)))"

sql -c "$(file RACE2 2 SE | sed "s/:'n'/'1'/g")" >/dev/null
offer="SELECT 'offered' FROM ticket_offer('agent', NULL, (SELECT public_id FROM return WHERE serial = 'RACE2'), 'par_00000000000000000000000001', new_id('tic'), new_id('evt'));"
is "of many who offer one return, one does" "$(race "$offer")" \
    "$(printf '%d ERROR TICKET_ALREADY_OPEN\n1 offered' $((racers - 1)))"

cross="SELECT CASE :n % 2 WHEN 0
    THEN (SELECT count(*) FROM return_move('agent', 1, NULL, (SELECT public_id FROM return WHERE serial = 'RACE2'), v.return, 'cancelled', NULL, new_id('evt')))
    ELSE (SELECT count(*) FROM ticket_move('partner_tech', $rhein, NULL, v.id, v.ticket, 'accepted', 'We come.', new_id('evt'))) END
  FROM (SELECT t.public_id AS id, t.row_version AS ticket, r.row_version AS return
          FROM return AS r JOIN ticket AS t ON t.public_id = r.newest_ticket WHERE serial = 'RACE2') AS v;"
outcome=$(race "$cross")
nothing "a return and its ticket are moved from both ends without a deadlock" \
    "$(grep -vE '^[0-9]+ (1|ERROR (STALE|TRANSITION_NOT_ALLOWED))$' <<<"$outcome")"
is "and one of them was the first" "$(grep -cE '^[0-9]+ 1$' <<<"$outcome")" 1

sql -c "INSERT INTO posting (created_at) SELECT now() FROM generate_series(1, 400)" \
    -c "INSERT INTO unit_event (posting, product, country, channel, ship_day, event_day, units)
        SELECT id, 1 + id % 2, 'DE', 'direct', '2026-03-01', '2026-03-01', 1 FROM posting WHERE version IS NULL" >/dev/null
expected=$(value 'SELECT sum(units) FROM unit_event WHERE class IS NULL')
race "$(printf '\\i build/queries.sql\nEXECUTE rollup_fold;')" >/dev/null
is "postings folded by many are counted once each" "$(value 'SELECT sum(shipped) FROM line_cohort')" "$expected"
is "and none of them still waits" "$(value 'SELECT count(*) FROM posting WHERE version IS NULL')" 0
