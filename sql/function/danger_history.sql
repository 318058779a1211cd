-- What line_history_list tells of danger: faults whose reason speaks of one, of units of known
-- months and of others.
CREATE OR REPLACE FUNCTION danger_history(line bigint, country text, channel text, since date)
RETURNS TABLE (line bigint, event_month date, units bigint)
LANGUAGE sql STABLE
AS $$
    SELECT r.line, r.event_month, r.returned
      FROM cohort_return AS r
      JOIN event_class AS k ON k.code = r.class AND k.quality
     WHERE r.danger AND r.line = $1 AND r.event_month >= $4
       AND r.country = coalesce($2, r.country) AND r.channel = coalesce($3, r.channel)
     UNION ALL
    SELECT u.line, u.event_month, u.returned
      FROM uncovered_return AS u
      JOIN event_class AS k ON k.code = u.class AND k.quality
     WHERE u.danger AND u.line = $1 AND u.event_month >= $4
       AND u.country = coalesce($2, u.country) AND u.channel = coalesce($3, u.channel)
$$;
