\echo '# Partners are listed by name, page by page.'
EXECUTE partner_list(NULL, NULL, 2);
EXECUTE partner_list('Odra', 'par_00000000000000000000000003', 2);

\echo '# One that is added is active; a name is taken once.'
EXECUTE partner_open('par_00000000000000000000000004', 'Ebro', 'ES');
EXECUTE partner_open('par_00000000000000000000000005', 'Ebro', 'ES');
EXECUTE partner_open('par_00000000000000000000000005', 'E', 'ES');
EXECUTE partner_open('par_00000000000000000000000005', 'Elbe', 'Germany');

\echo '# One partner shows how many tickets it has open.'
SELECT count(pg_temp.filed(n, 'DE')) AS filed FROM generate_series(1, 4) AS n;
UPDATE ticket SET state = 'declined' WHERE id = (SELECT min(id) FROM ticket);
EXECUTE partner_get('par_00000000000000000000000001');
EXECUTE partner_get('par_00000000000000000000000002');
EXECUTE partner_get('par_zzzzzzzzzzzzzzzzzzzzzzzzzz');
