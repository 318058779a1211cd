\echo '# A machine is registered; the address is not sent back, and the unit is found.'
EXECUTE registration_register('reg_00000000000000000000000001', :'tiller', 'T0001', 'consumer', 'DE', '2026-05-02', 'amazon', 'W-1', 'kim@test.example', 'en');
SELECT u.lot, r.email, r.locale FROM registration AS r JOIN unit AS u ON u.id = r.unit;

\echo '# A second registration is kept as disputed and changes nothing about the first.'
EXECUTE registration_register('reg_00000000000000000000000002', :'tiller', 'T0001', 'business', 'FR', '2026-06-01', NULL, NULL, 'lee@test.example', 'zh-Hans');
EXECUTE registration_register('reg_00000000000000000000000003', :'tiller', 'T0001', 'business', 'FR', '2026-06-01', NULL, NULL, 'lee@test.example', 'zh-Hans');
SELECT state, count(*) AS registrations FROM registration GROUP BY state ORDER BY state;

\echo '# The same serial of another model is another machine, in the registry or not.'
EXECUTE registration_register('reg_00000000000000000000000004', :'generator', 'T0001', 'consumer', 'DE', '2026-05-02', NULL, NULL, 'kim@test.example', 'en');

\echo '# Today is bought today anywhere on earth; the day after tomorrow is not.'
SELECT current_date + 1 AS tomorrow, current_date + 2 AS later \gset
SELECT (registration_register('reg_00000000000000000000000005', :'tiller', 'T0002', 'consumer', 'NZ', :'tomorrow', NULL, NULL, 'kim@test.example', 'en')).state;
EXECUTE registration_register('reg_00000000000000000000000006', :'tiller', 'T0003', 'consumer', 'NZ', :'later', NULL, NULL, 'kim@test.example', 'en');
DELETE FROM registration WHERE purchased_on = :'tomorrow';

\echo '# A product that is unknown or no longer offered, and a day that is none.'
EXECUTE registration_register('reg_00000000000000000000000006', 'prd_zzzzzzzzzzzzzzzzzzzzzzzzzz', 'T0003', 'consumer', 'DE', '2026-05-02', NULL, NULL, 'kim@test.example', 'en');
EXECUTE registration_register('reg_00000000000000000000000006', :'unlisted', 'T0003', 'consumer', 'DE', '2026-05-02', NULL, NULL, 'kim@test.example', 'en');
EXECUTE registration_register('reg_00000000000000000000000006', :'tiller', 'T0003', 'consumer', 'DE', '1989-12-31', NULL, NULL, 'kim@test.example', 'en');

\echo '# Staff reads one with the address, and lists them, all or by state.'
EXECUTE registration_get('reg_00000000000000000000000002');
EXECUTE registration_list(NULL, NULL, NULL, 2);
SELECT created_at AS at FROM registration LIMIT 1 \gset
EXECUTE registration_list(NULL, :'at', 'reg_00000000000000000000000003', 9);
EXECUTE registration_list('disputed', NULL, NULL, 9);
EXECUTE registration_list('disputed', :'at', 'reg_00000000000000000000000003', 9);
