-- data_version_get(by_zone boolean)
--
-- What the answers of analyses depend on beside their question: how often the
-- data and the settings were changed, and the day; `by_zone` the quarter of an
-- hour, for somewhere a day may begin with it.
SELECT d.version AS data_version, s.version AS settings_version,
       CASE WHEN $1 THEN date_bin('15 minutes', now(), '2000-01-01')::text
            ELSE (now() AT TIME ZONE 'UTC')::date::text END AS present
  FROM rollup_state AS d, settings_state AS s
