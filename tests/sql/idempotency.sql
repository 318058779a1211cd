\echo '# A key that is new can be claimed, again and again while nothing is kept.'
EXECUTE idempotency_claim('scope a', 'key-0001', '\xaa');
EXECUTE idempotency_claim('scope a', 'key-0001', '\xaa');

\echo '# Once an answer is kept, the same request is told to take it.'
EXECUTE idempotency_store('scope a', 'key-0001', '\xaa', 201, '/api/v1/returns/1', '"v1-json"', '\x0102');
EXECUTE idempotency_claim('scope a', 'key-0001', '\xaa');

\echo '# Another request under the same key is refused.'
EXECUTE idempotency_claim('scope a', 'key-0001', '\xbb');

\echo '# Keys of others do not meet.'
EXECUTE idempotency_claim('scope b', 'key-0001', '\xbb');
EXECUTE idempotency_claim('scope a', 'key-0002', '\xbb');

\echo '# The answer comes back as it was, and that is counted.'
EXECUTE idempotency_replay('scope a', 'key-0001');
EXECUTE idempotency_replay('scope a', 'key-0001');
SELECT replays FROM idempotency;
EXECUTE idempotency_replay('scope a', 'key-0002');

\echo '# An answer is kept once.'
EXECUTE idempotency_store('scope a', 'key-0001', '\xbb', 500, NULL, NULL, '\x');

\echo '# Answers are forgotten when they are old enough, and no sooner.'
UPDATE idempotency SET created_at = now() - interval '23 hours';
EXECUTE idempotency_expire(24);
SELECT count(*) AS kept FROM idempotency;
UPDATE idempotency SET created_at = now() - interval '25 hours';
EXECUTE idempotency_expire(24);
SELECT count(*) AS kept FROM idempotency;
EXECUTE idempotency_claim('scope a', 'key-0001', '\xbb');
