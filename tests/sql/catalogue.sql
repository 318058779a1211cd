INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor, inbound_minor, inspect_minor, repair_minor, recovery_minor)
SELECT id, day, 'EUR', price, 2, 3, 4, 5, 6, 7, 8 FROM product_line, (VALUES (date '2020-01-01', 100), (date '2025-06-01', 200), (current_date + 1, 300)) AS v (day, price) WHERE code = 'tiller';

\echo '# Customers choose among the models that are offered, by name, page by page.'
EXECUTE product_list(NULL, NULL, 9);
EXECUTE product_list(NULL, NULL, 1);
EXECUTE product_list('GX-2', 'prd_00000000000000000000000002', 9);

\echo '# A line shows the costs of today, not of yesterday or tomorrow; without costs, nothing.'
SELECT count(*) AS costs FROM line_cost;
EXECUTE product_line_list(NULL, NULL, 1);
EXECUTE product_line_list('generator', 'lin_00000000000000000000000002', 9);

\echo '# A unit is found by its serial, in whichever model; by product; and all in order.'
INSERT INTO unit (public_id, product, serial) SELECT 'unt_00000000000000000000000009', id, 'T0003' FROM product WHERE model = 'GX-2';
EXECUTE unit_list('T0003', NULL, NULL, NULL, 9);
EXECUTE unit_list('T0003', :'tiller', NULL, NULL, 9);
EXECUTE unit_list('T000', NULL, NULL, NULL, 9);
EXECUTE unit_list(NULL, :'generator', NULL, NULL, 9);
EXECUTE unit_list(NULL, 'prd_zzzzzzzzzzzzzzzzzzzzzzzzzz', NULL, NULL, 9);
EXECUTE unit_list(NULL, NULL, 'T0003', 'unt_00000000000000000000000003', 2);
EXECUTE unit_get('unt_00000000000000000000000001');
EXECUTE unit_get('unt_zzzzzzzzzzzzzzzzzzzzzzzzzz');

\echo '# A serial is the key of a machine only together with its model.'
INSERT INTO unit (public_id, product, serial) SELECT 'unt_00000000000000000000000010', product, serial FROM unit WHERE serial = 'T0001';
INSERT INTO unit (public_id, product, serial) SELECT 'unt_00000000000000000000000010', product, 't 1' FROM unit WHERE serial = 'T0001';
