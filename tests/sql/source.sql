-- Rows are said as JSON, one to a row; a name stands for an id. See say() and ledger().
CREATE FUNCTION id(name text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5(name)::uuid $$;
CREATE FUNCTION stage(r jsonb, line bigint) RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO staged_row (line, key_seen, own_seen, shipped_at, came_at, key, hash, own, parent, kind, sku, country, channel, lot, shipped_on, came_on, class, reason, units, money_minor, currency, rank, restocked, reimbursed, serials, note) VALUES (stage.line, true, true, (r->>'shipped_at')::timestamptz, (r->>'came_at')::timestamptz, id(r->>'key'), md5(r::text)::uuid, id(coalesce(r->>'order', r->>'key')), CASE WHEN r ? 'of' THEN id(r->>'of') END, r->>'kind', coalesce(r->>'sku', 'MT-52'), coalesce(r->>'country', 'ZZ'), coalesce(r->>'channel', 'amazon_fba'), coalesce(r->>'lot', ''), (r->>'shipped')::date, (r->>'came')::date, r->>'class', coalesce(r->>'reason', ''), coalesce((r->>'units')::int, 1), coalesce((r->>'money')::bigint, 0), coalesce(r->>'currency', 'EUR'), coalesce((r->>'rank')::int, 40), coalesce((r->>'restocked')::bool, false), coalesce((r->>'reimbursed')::bool, false), r->>'serials', coalesce(r->>'note', '')); END $$;
CREATE FUNCTION say_so(line_code text, keyed boolean, zone text, rows jsonb[]) RETURNS TABLE (new bigint, changed bigint, unchanged bigint, events bigint, orders bigint) LANGUAGE plpgsql AS $$ BEGIN PERFORM import_stage(); PERFORM stage(r, n) FROM unnest(rows) WITH ORDINALITY AS x (r, n); PERFORM import_prepare(line_code, NULL, false, zone, true); PERFORM serial_check(true); RETURN QUERY SELECT * FROM import_record(new_id('imp'), 'file', sha256(gen_random_uuid()::text::bytea), sha256('way'), 'all_orders', keyed, 'EUR', 0, 0, 0, 0, 0, 0, 0, 0); END $$;
CREATE FUNCTION say(VARIADIC rows jsonb[]) RETURNS TABLE (new bigint, changed bigint, unchanged bigint, events bigint, orders bigint) LANGUAGE sql AS $$ SELECT * FROM say_so(NULL, true, NULL, rows) $$;
CREATE FUNCTION ledger() RETURNS TABLE (model text, country text, channel text, lot text, shipped date, came date, class text, reason text, units numeric, money numeric) LANGUAGE sql AS $$ SELECT p.model, e.country, e.channel, e.lot, e.ship_day, e.event_day, e.class, e.reason, sum(e.units), sum(e.money_minor) FROM unit_event AS e JOIN product AS p ON p.id = e.product GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(e.units) <> 0 OR sum(e.money_minor) <> 0 ORDER BY 1, 6, 7 NULLS FIRST, 2, 4, 5 $$;
CREATE FUNCTION forget() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM shipped_serial; DELETE FROM unit_event; DELETE FROM posting; DELETE FROM source_row; DELETE FROM source_row_history; END $$;
SELECT import_stage() \gset

\echo '# Shipments about which nothing else is known are posted together; the same again changes nothing.'
SELECT * FROM say('{"key": "a", "order": "1", "kind": "shipment", "shipped": "2026-01-05", "country": "DE", "units": 2, "money": 19800}', '{"key": "b", "order": "2", "kind": "shipment", "shipped": "2026-01-05", "country": "DE", "money": 9900}', '{"key": "c", "order": "3", "kind": "shipment", "shipped": "2026-01-06", "country": "FR", "money": 9900}', '{"key": "d", "order": "3", "kind": "shipment", "shipped": "2026-01-06", "country": "FR", "units": 0}');
SELECT * FROM ledger();
SELECT count(*) AS events, count(source) AS named FROM unit_event;
SELECT * FROM say('{"key": "b", "order": "2", "kind": "shipment", "shipped": "2026-01-05", "country": "DE", "money": 9900}');
SELECT count(*) AS postings FROM posting;

\echo '# A restated row supersedes what it said, and what it said is kept.'
SELECT * FROM say('{"key": "b", "order": "2", "kind": "shipment", "shipped": "2026-01-07", "country": "AT", "units": 3, "money": 29700}');
SELECT * FROM ledger();
SELECT country, shipped_on, units, money_minor, superseded_by = (SELECT max(id) FROM sales_import) AS by_the_last, import < superseded_by AS earlier FROM source_row_history;
SELECT * FROM say('{"key": "b", "order": "2", "kind": "cancel", "came": "2026-01-07", "country": "AT", "units": 3, "class": "cancel"}');
SELECT * FROM ledger();
SELECT e.country, e.ship_day, e.class, e.units, e.source IS NOT NULL AS named FROM unit_event AS e WHERE e.country = 'AT' ORDER BY e.posting, e.units;

\echo '# A return belongs to the cohort of its order, also if that is known only later.'
SELECT forget();
SELECT * FROM say('{"key": "r", "order": "1", "kind": "return", "came": "2026-02-10", "class": "fault", "reason": "DEFECTIVE", "money": 9900}');
SELECT * FROM ledger();
SELECT * FROM say('{"key": "a", "order": "1", "kind": "shipment", "shipped": "2026-01-05", "country": "DE", "lot": "2603A", "units": 2, "channel": "amazon_mfn", "rank": 30}');
SELECT * FROM ledger();

\echo '# What came back before the first shipment is in no cohort.'
SELECT * FROM say('{"key": "r", "order": "1", "kind": "return", "came": "2026-01-04", "class": "fault", "reason": "DEFECTIVE", "money": 9900}');
SELECT * FROM ledger();
SELECT * FROM say('{"key": "r", "order": "1", "kind": "return", "came": "2026-01-05", "class": "fault", "reason": "DEFECTIVE", "money": 9900}');
SELECT * FROM ledger();

\echo '# The shipments of the best source count, and returns follow them.'
SELECT * FROM say('{"key": "f1", "order": "1", "kind": "shipment", "shipped": "2026-01-04", "country": "DE", "channel": "amazon_fba", "units": 1}', '{"key": "f2", "order": "1", "kind": "shipment", "shipped": "2026-01-09", "country": "AT", "units": 1}');
SELECT * FROM ledger();

\echo '# A return that only a status tells gives way to a report of returns, and its day to that of the shipment.'
SELECT forget();
SELECT * FROM say('{"key": "a", "order": "1", "kind": "shipment", "shipped": "2026-01-05", "came": "2026-01-06", "class": "unknown", "reason": "Returned to Seller", "money": 9900, "rank": 30}');
SELECT * FROM ledger();
SELECT * FROM say('{"key": "f", "order": "1", "kind": "shipment", "shipped": "2026-01-08", "money": 9900}');
SELECT * FROM ledger();
SELECT * FROM say('{"key": "r", "order": "1", "kind": "return", "came": "2026-01-20", "class": "remorse", "reason": "MISORDERED"}');
SELECT * FROM ledger();

\echo '# A replacement is no sale, and what comes back of it belongs to what it replaces, whatever comes first.'
SELECT forget();
SELECT * FROM say('{"key": "a", "order": "1", "kind": "shipment", "shipped": "2026-01-05", "country": "DE"}', '{"key": "b", "order": "2", "kind": "shipment", "shipped": "2026-01-20", "country": "DE"}', '{"key": "c", "order": "3", "kind": "shipment", "shipped": "2026-02-20", "country": "DE"}');
SELECT * FROM say('{"key": "r", "order": "3", "kind": "return", "came": "2026-03-01", "class": "fault"}');
SELECT * FROM say('{"key": "x", "order": "3", "of": "2", "kind": "replacement", "shipped": "2026-02-20"}');
SELECT * FROM ledger();
SELECT * FROM say('{"key": "y", "order": "2", "of": "1", "kind": "replacement", "shipped": "2026-01-20"}');
SELECT * FROM ledger();
SELECT * FROM say('{"key": "q", "order": "2", "kind": "return", "came": "2026-03-02", "class": "remorse"}', '{"key": "d", "order": "3", "kind": "shipment", "shipped": "2026-02-21", "country": "DE"}');
SELECT * FROM ledger();
SELECT * FROM say('{"key": "y", "order": "2", "of": "9", "kind": "replacement", "shipped": "2026-01-20"}');
SELECT * FROM ledger();

\echo '# What leads in a circle leads nowhere.'
SELECT * FROM say('{"key": "y", "order": "2", "of": "3", "kind": "replacement", "shipped": "2026-01-20"}');
SELECT * FROM ledger();

\echo '# Refunds beyond the returns are units that stay; the rest of their money is that of the returns.'
SELECT forget();
SELECT * FROM say('{"key": "a", "order": "1", "kind": "shipment", "shipped": "2026-01-05", "country": "DE", "units": 4, "money": 40000}', '{"key": "s1", "order": "1", "kind": "refund", "came": "2026-01-20", "units": 2, "money": 20000, "rank": 20}', '{"key": "s2", "order": "1", "kind": "refund", "came": "2026-01-25", "units": 1, "money": 9001, "rank": 20}');
SELECT * FROM ledger();
SELECT * FROM say('{"key": "r", "order": "1", "kind": "return", "came": "2026-01-30", "class": "remorse", "units": 2, "money": 1}');
SELECT * FROM ledger();
SELECT * FROM say('{"key": "t", "order": "1", "kind": "refund", "came": "2026-01-20", "units": 4, "money": 40000, "rank": 10}');
SELECT * FROM say('{"key": "s3", "order": "1", "kind": "refund", "came": "2026-02-01", "units": -1, "money": -9001, "rank": 20}');
SELECT * FROM ledger();

\echo '# Money that no unit is told for goes to what came back, or stands alone.'
SELECT forget();
SELECT * FROM say('{"key": "s", "order": "1", "kind": "refund", "came": "2026-01-20", "units": 0, "money": 500, "rank": 20}');
SELECT * FROM ledger();
SELECT * FROM say('{"key": "r", "order": "1", "kind": "return", "came": "2026-01-30", "class": "remorse", "units": 3, "money": 1}');
SELECT * FROM ledger();

\echo '# A request that is settled without a return counts as the refund it is, once.'
SELECT forget();
SELECT * FROM say('{"key": "r", "order": "1", "kind": "return", "came": "2026-01-30", "class": "refund_only", "money": 5000}', '{"key": "s", "order": "1", "kind": "refund", "came": "2026-01-20", "money": 4900, "rank": 20}');
SELECT * FROM ledger();

\echo '# No more is restocked or reimbursed than came back, and a reversal takes back what it reverses.'
SELECT forget();
SELECT * FROM say('{"key": "a", "order": "1", "kind": "shipment", "shipped": "2026-01-05", "country": "US", "units": 3}', '{"key": "r1", "order": "1", "kind": "return", "came": "2026-01-30", "class": "remorse", "reason": "MISORDERED", "restocked": true}', '{"key": "r2", "order": "1", "kind": "return", "came": "2026-01-31", "class": "fault", "reason": "DEFECTIVE", "reimbursed": true}');
SELECT * FROM ledger();
SELECT * FROM say('{"key": "m1", "order": "reimbursement 1", "of": "1", "kind": "reimbursement", "came": "2026-02-05", "units": 5, "money": 5000, "reason": "CustomerReturn"}');
SELECT * FROM ledger();
SELECT * FROM say('{"key": "m2", "order": "reimbursement 2", "of": "reimbursement 1", "kind": "reimbursement", "came": "2026-02-15", "units": -5, "money": -5000, "reason": "Reversal"}');
SELECT * FROM ledger();
SELECT * FROM say('{"key": "m3", "order": "reimbursement 3", "kind": "reimbursement", "came": "2026-02-05", "units": 5, "money": 5000, "reason": "Lost"}');
SELECT * FROM ledger();

\echo '# What is called back is no loss, so nothing of it can be restocked.'
SELECT forget();
SELECT * FROM say('{"key": "r1", "order": "1", "kind": "return", "came": "2026-01-30", "class": "recall", "restocked": true, "reimbursed": true}');
SELECT * FROM ledger();

\echo '# Money is converted by the rate of its day; without one it counts as nothing, and that is told.'
SELECT forget();
INSERT INTO exchange_rate (currency, valid_from, rate) VALUES ('USD', '2026-01-01', 0.9), ('USD', '2026-02-01', 0.8), ('JPY', '2026-01-01', 0.006), ('KWD', '2026-01-01', 3);
SELECT * FROM say('{"key": "a", "kind": "shipment", "shipped": "2026-01-31", "money": 1005, "currency": "USD"}', '{"key": "b", "kind": "shipment", "shipped": "2026-02-01", "money": 1000, "currency": "USD"}', '{"key": "c", "kind": "shipment", "shipped": "2026-01-03", "money": 1000, "currency": "JPY"}', '{"key": "d", "kind": "shipment", "shipped": "2026-01-04", "money": 1234, "currency": "KWD"}', '{"key": "e", "kind": "return", "came": "2025-12-31", "money": 1000, "class": "fault", "currency": "USD"}', '{"key": "f", "kind": "shipment", "shipped": "2026-01-06", "money": 1000, "currency": "GBP"}', '{"key": "g", "kind": "shipment", "shipped": "2026-01-07", "money": 700, "currency": "EUR"}');
SELECT * FROM ledger();
SELECT code, detail, rows FROM staged_warning ORDER BY detail;
SELECT key = id('a') AS a, money_minor, currency, posted_minor FROM source_row WHERE kind = 'shipment' ORDER BY shipped_on;

\echo '# A rate that was told later counts once the group is touched.'
INSERT INTO exchange_rate (currency, valid_from, rate) VALUES ('GBP', '2026-01-01', 1.2);
SELECT * FROM say('{"key": "f2", "order": "f", "kind": "return", "came": "2026-01-08", "class": "fault"}');
SELECT * FROM ledger() WHERE came IN ('2026-01-06', '2026-01-08');

\echo '# A product is found by its SKU, by its model, or made in the line that is named; else the row is rejected.'
SELECT forget();
INSERT INTO product_sku (sku, product) SELECT 'MT52-DE', id FROM product WHERE model = 'MT-52';
INSERT INTO product (public_id, line, model, name) SELECT new_id('prd'), id, 'BOTH', 'In two lines' FROM product_line;
SELECT * FROM say_so(NULL, true, NULL, ARRAY['{"key": "a", "kind": "shipment", "shipped": "2026-01-05", "sku": "MT52-DE"}', '{"key": "b", "kind": "shipment", "shipped": "2026-01-05", "sku": "GX-2"}', '{"key": "c", "kind": "shipment", "shipped": "2026-01-05", "sku": "NEW-1"}', '{"key": "d", "kind": "shipment", "shipped": "2026-01-05", "sku": "BOTH"}']::jsonb[]);
SELECT line, code, detail FROM staged_reject ORDER BY line;
SELECT * FROM ledger();
SELECT * FROM say_so('generator', true, NULL, ARRAY['{"key": "c", "kind": "shipment", "shipped": "2026-01-05", "sku": "NEW-1"}', '{"key": "d", "kind": "shipment", "shipped": "2026-01-05", "sku": "BOTH"}']::jsonb[]);
SELECT l.code, p.model, p.listed FROM ledger() AS e JOIN product AS p ON p.model = e.model JOIN product_line AS l ON l.id = p.line WHERE p.model IN ('NEW-1', 'BOTH') AND EXISTS (SELECT FROM unit_event AS u WHERE u.product = p.id) ORDER BY p.model;

\echo '# With the line that all rows belong to, products of another line will not do.'
SELECT import_stage() \gset
SELECT stage('{"key": "z", "kind": "shipment", "shipped": "2026-01-05", "sku": "MT-52"}', 1);
SELECT import_prepare('pump', 'Pumps', true, NULL, true) AS made;
SELECT l.name, p.model FROM staged_sku AS s JOIN product AS p ON p.id = s.product JOIN product_line AS l ON l.id = p.line;
DELETE FROM product AS p USING product_line AS l WHERE l.id = p.line AND l.code = 'pump';

\echo '# Days are told in the zone that is asked for, where the instant is known.'
SELECT forget();
SELECT * FROM say_so(NULL, true, 'Europe/Berlin', ARRAY['{"key": "a", "kind": "shipment", "shipped": "2026-01-05", "shipped_at": "2026-01-05T23:30:00Z"}', '{"key": "b", "kind": "shipment", "shipped": "2026-06-05", "shipped_at": "2026-06-05T21:59:59Z"}', '{"key": "c", "kind": "shipment", "shipped": "2026-07-05"}', '{"key": "d", "kind": "shipment", "shipped": "2026-03-29", "shipped_at": "2026-03-28T23:00:00Z", "came": "2026-03-28", "class": "fault"}']::jsonb[]);
SELECT * FROM ledger();
SELECT * FROM say_so(NULL, true, NULL, ARRAY['{"key": "a", "kind": "shipment", "shipped": "2026-01-05", "shipped_at": "2026-01-05T23:30:00Z"}']::jsonb[]);
SELECT shipped, came, class, units FROM ledger() WHERE shipped < '2026-02-01';

\echo '# Equal keys in one file are numbered, so that each is a row, and the same file again says the same.'
SELECT forget();
SELECT * FROM say('{"key": "a", "kind": "return", "class": "fault", "came": "2026-01-05"}', '{"key": "a", "kind": "return", "class": "fault", "came": "2026-01-05"}', '{"key": "a", "kind": "return", "class": "remorse", "came": "2026-01-05"}', '{"key": "b", "order": "1", "kind": "return", "class": "fault", "came": "2026-01-05"}');
SELECT * FROM say('{"key": "a", "kind": "return", "class": "fault", "came": "2026-01-05"}', '{"key": "a", "kind": "return", "class": "fault", "came": "2026-01-05"}', '{"key": "a", "kind": "return", "class": "fault", "came": "2026-01-05"}');
SELECT * FROM ledger();

\echo '# Serial numbers become units of the lot and place they were shipped with.'
SELECT forget();
SELECT * FROM say('{"key": "a", "kind": "shipment", "shipped": "2026-03-15", "country": "DE", "channel": "dealer", "lot": "26C", "units": 3, "serials": "TL\t4\t98\t100", "note": "LS-1"}', '{"key": "b", "kind": "shipment", "shipped": "2026-03-16", "country": "FR", "channel": "dealer", "units": 3, "serials": "TL\t4\t101\t102\nSPECIAL\t0\t0\t0", "note": "LS-2"}');
SELECT serial, lot, shipped_on, country, channel FROM unit WHERE channel = 'dealer' ORDER BY serial;
SELECT code, detail FROM staged_warning;

\echo '# A serial number is shipped once: the second note names the first. Numbers that are left out are told.'
SELECT * FROM say('{"key": "c", "kind": "shipment", "shipped": "2026-03-17", "units": 5, "serials": "TL\t4\t102\t106", "note": "LS-3"}', '{"key": "d", "kind": "shipment", "shipped": "2026-03-17", "units": 2, "serials": "TL\t4\t110\t111", "note": "LS-4"}', '{"key": "e", "kind": "shipment", "shipped": "2026-03-17", "units": 2, "serials": "TL\t4\t111\t112", "note": "LS-5"}');
SELECT line, code, detail FROM staged_reject ORDER BY line;
SELECT code, detail FROM staged_warning ORDER BY detail;
SELECT note, prefix, width, first, last FROM shipped_serial ORDER BY prefix, first;

\echo '# A restated note ships other numbers, and those it does not ship any more are not shipped.'
SELECT * FROM say('{"key": "a", "kind": "shipment", "shipped": "2026-03-15", "country": "DE", "channel": "dealer", "lot": "26D", "units": 2, "serials": "TL\t4\t99\t100", "note": "LS-1"}');
SELECT serial, lot, shipped_on, country, channel FROM unit WHERE serial LIKE 'TL00%' OR serial LIKE 'TL01%' ORDER BY serial;
SELECT * FROM say('{"key": "a", "kind": "shipment", "shipped": "2026-03-15", "country": "DE", "channel": "dealer", "lot": "26D", "units": 2, "serials": "TL\t4\t99\t100", "note": "LS-1"}');

\echo '# Rows that nothing identifies are added up under their import.'
SELECT forget();
SELECT * FROM say_so(NULL, false, NULL, ARRAY['{"key": "a", "kind": "shipment", "shipped": "2026-01-05", "units": 2, "money": 100}', '{"key": "a", "kind": "shipment", "shipped": "2026-01-05", "units": 3, "money": 150, "currency": "USD"}', '{"key": "a", "kind": "return", "came": "2026-02-05", "class": "fault"}', '{"key": "a", "kind": "return", "shipped": "2026-01-05", "came": "2026-02-05", "class": "fault"}']::jsonb[]);
SELECT * FROM ledger();
SELECT count(*) AS rows FROM source_row;

\echo '# However rows are restated, and in whatever order they come, the ledger is that of what they say at last.'
CREATE FUNCTION dice(n int) RETURNS int LANGUAGE sql AS $$ SELECT floor(random() * n)::int $$;
CREATE FUNCTION one_of(VARIADIC a text[]) RETURNS text LANGUAGE sql AS $$ SELECT a[1 + dice(cardinality(a))] $$;
CREATE FUNCTION row_at_random(slot int) RETURNS jsonb LANGUAGE plpgsql AS $$ DECLARE kind text := (ARRAY['shipment', 'shipment', 'shipment', 'return', 'return', 'refund', 'reimbursement', 'cancel', 'replacement'])[1 + slot % 9]; d date := '2026-01-01'; r jsonb := jsonb_build_object('key', 'slot' || slot, 'kind', kind, 'order', (slot / 9 + dice(2)) % 5, 'sku', one_of('MT-52', 'GX-2'), 'units', dice(4), 'money', dice(2000), 'country', one_of('DE', 'FR'), 'lot', one_of('', 'A'), 'currency', one_of('EUR', 'EUR', 'USD', 'JPY', 'CHF')); BEGIN CASE kind WHEN 'shipment' THEN r := r || jsonb_build_object('shipped', d + dice(10), 'rank', (ARRAY[30, 30, 40])[1 + slot % 3]); IF dice(4) = 0 THEN r := r || jsonb_build_object('came', (r->>'shipped')::date + dice(5), 'class', one_of('unknown', 'undeliv'), 'reason', 'Returned'); END IF; WHEN 'return' THEN r := r || jsonb_build_object('came', d + dice(30), 'class', one_of('fault', 'remorse', 'refund_only', 'recall'), 'restocked', dice(3) = 0, 'reimbursed', dice(3) = 0, 'reason', one_of('X', 'Y')); WHEN 'refund' THEN r := r || jsonb_build_object('came', d + dice(30), 'rank', one_of('10', '20')::int, 'units', dice(5) - 1); WHEN 'reimbursement' THEN r := r || jsonb_build_object('came', d + dice(30), 'units', dice(5) - 2, 'order', 'reimbursement' || slot % 9 + dice(2)); IF dice(3) > 0 THEN r := r || jsonb_build_object('of', one_of('0', '1', '2', '3', '4', 'reimbursement1', 'reimbursement2')); END IF; WHEN 'cancel' THEN r := r || jsonb_build_object('came', d + dice(10), 'rank', 30, 'class', 'cancel'); ELSE r := r || jsonb_build_object('order', 2 + slot / 9 % 4, 'of', dice(5), 'shipped', d); END CASE; RETURN r; END $$;
CREATE TABLE said (slot int PRIMARY KEY, r jsonb);
CREATE TABLE incremental AS SELECT * FROM ledger() WITH NO DATA;
CREATE FUNCTION difference() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM ((SELECT * FROM incremental EXCEPT ALL SELECT * FROM ledger()) UNION ALL (SELECT * FROM ledger() EXCEPT ALL SELECT * FROM incremental)) AS either $$;
CREATE FUNCTION trial(seed float) RETURNS TABLE (enough boolean, restated boolean, in_two_files bigint, in_one_file bigint) LANGUAGE plpgsql AS $$ DECLARE batch jsonb[]; BEGIN PERFORM setseed(seed), forget(); DELETE FROM said; DELETE FROM incremental; FOR step IN 1..10 LOOP SELECT array_agg(row_at_random(s)) INTO batch FROM generate_series(0, 44) AS s WHERE dice(5) = 0; PERFORM say(VARIADIC batch); INSERT INTO said SELECT substr(b->>'key', 5)::int, b FROM unnest(batch) AS b ON CONFLICT (slot) DO UPDATE SET r = excluded.r; END LOOP; INSERT INTO incremental SELECT * FROM ledger(); SELECT count(*) > 8 INTO enough FROM incremental; SELECT count(*) > 20 INTO restated FROM source_row_history; PERFORM forget(); PERFORM say(VARIADIC (SELECT array_agg(r ORDER BY random()) FROM said WHERE slot % 2 = 1)); PERFORM say(VARIADIC (SELECT array_agg(r ORDER BY random()) FROM said WHERE slot % 2 = 0)); in_two_files := difference(); PERFORM forget(); PERFORM say(VARIADIC (SELECT array_agg(r ORDER BY random()) FROM said)); in_one_file := difference(); RETURN NEXT; END $$;
SELECT n, t.* FROM generate_series(1, 8) AS n, trial(n / 100.0) AS t;
