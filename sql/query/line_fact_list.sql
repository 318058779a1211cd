-- line_fact_list(line text, relatives boolean, sku text, as_of date, tz text, currency text, reporting text)
--
-- What is known of lines beside their counts, as of a day, which is today where
-- `tz` is if it is not given: a row for each line and each of its costs, the
-- oldest first. With a line only that one, with `relatives` its family as well;
-- with a model only lines that have it. Costs are in `currency` by the rate of that
-- day, or as they were entered if none is asked for or no rate is known. There is a row without a line if there is
-- none. `thresholds` are those that were changed, as "name=value name=value".
-- NOT_FOUND for a line that is not there, DATE_IN_FUTURE as day_asked() has it.
--
-- lane: slow
WITH asked AS MATERIALIZED (
    SELECT day_asked($4, $5) AS as_of_day,
           CASE WHEN $1 IS NOT NULL THEN found((SELECT id FROM product_line WHERE public_id = $1)) END AS line
)
SELECT s.version AS settings_version, a.as_of_day AS as_of,
       a.as_of_day >= (now() AT TIME ZONE 'UTC')::date AS current,
       (SELECT string_agg(n.name || '=' || n.value, ' ')
          FROM (SELECT DISTINCT ON (name) name, value
                  FROM flag_setting
                 ORDER BY name, created_at DESC, public_id DESC) AS n) AS thresholds,
       l.id AS line, l.public_id AS id, l.code, l.name, l.family,
       f.category, f.threshold, f.units_min,
       t.status, t.since,
       c.valid_from, c.currency, c.price_minor, c.cogs_minor, c.outbound_minor, c.fees_minor, c.inbound_minor,
       c.inspect_minor, c.repair_minor, c.recovery_minor, c.advertising_minor, c.fees_kept_minor, c.disposal_minor,
       c.claims_per_unit, c.claim_cost_minor, c.margin_low_minor, c.margin_high_minor, c.loss_low_minor,
       c.loss_high_minor
  FROM asked AS a
 CROSS JOIN settings_state AS s
  LEFT JOIN product_line AS l
    ON (a.line IS NULL OR l.id = a.line OR $2 AND l.family = (SELECT family FROM product_line WHERE public_id = $1))
   AND ($3 IS NULL OR EXISTS (SELECT FROM product AS p WHERE p.line = l.id AND p.model = $3))
  LEFT JOIN fee_rule AS f ON f.category = l.fee_category
  LEFT JOIN line_status AS t ON t.line = l.id
  LEFT JOIN line_cost AS o ON o.line = l.id AND o.valid_from <= a.as_of_day
  LEFT JOIN LATERAL cost_in(o, $6, $7, a.as_of_day) AS c ON true
 ORDER BY l.code, c.valid_from
