-- flag_record(as_of date, changes json, statuses json, data_version bigint, settings_version bigint)
--
-- Writes what the judgement of a day has changed.
--
-- lane: write
SELECT flag_record($1, $2, $3, $4, $5) AS changed
