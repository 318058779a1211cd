-- flag_claim(seconds integer)
--
-- Whether all lines are to be judged anew: data or settings have changed, or a
-- new day has begun, the last time is so many seconds ago, and no other daemon
-- is at it; none will be before this transaction ends.
--
-- lane: write
SELECT r.version AS data_version, s.version AS settings_version
  FROM flag_run AS f, rollup_state AS r, settings_state AS s
 WHERE (f.data_version, f.settings_version, f.as_of)
       IS DISTINCT FROM (r.version, s.version, (now() AT TIME ZONE 'UTC')::date)
   AND coalesce(f.evaluated_at <= now() - make_interval(secs => $1), true)
   AND pg_try_advisory_xact_lock(hashtextextended('flag_claim', 0))
