-- Looks at the serial numbers of the staged rows, before anything is written of them: one that
-- was shipped before, by a row of this file or with another delivery note, goes to staged_reject
-- with both notes; numbers that are left out between neighbours go to staged_warning. What the
-- staged rows say anew replaces what they said before. The reader knows whether there are any.
CREATE OR REPLACE FUNCTION serial_check(there boolean)
RETURNS void
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
BEGIN
    IF NOT there THEN
        RETURN;
    END IF;
    INSERT INTO staged_serial (line, prefix, width, first, last, note)
    SELECT s.line, x.part[1], x.part[2]::smallint, x.part[3]::bigint, x.part[4]::bigint, s.note
      FROM staged_row AS s,
           regexp_split_to_table(s.serials, E'\n') AS range,
           string_to_array(range, E'\t') AS x (part)
     WHERE s.serials IS NOT NULL;
    INSERT INTO serial_neighbour (line, product, prefix, width, first, last, note, reached)
    WITH staged AS (
        SELECT s.line, k.product, s.prefix, s.width, s.first, s.last, s.note
          FROM staged_serial AS s
          JOIN staged_row AS r ON r.line = s.line
          JOIN staged_sku AS k ON k.sku = r.sku
    ), together AS (
        SELECT line, product, prefix, width, first, last, note FROM staged
         UNION ALL
        SELECT NULL, h.product, h.prefix, h.width, h.first, h.last, h.note
          FROM (SELECT DISTINCT product, prefix, width FROM staged) AS kin
          JOIN shipped_serial AS h ON h.product = kin.product AND h.prefix = kin.prefix AND h.width = kin.width
         WHERE NOT EXISTS (SELECT FROM staged_row AS r WHERE r.key = h.source)
    )
    SELECT line, product, prefix, width, first, last, note,
           max(last) OVER earlier
      FROM together
    WINDOW earlier AS (PARTITION BY product, prefix, width ORDER BY first, line NULLS FIRST
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);
    ANALYZE serial_neighbour;

    -- Of two that overlap one is staged; the one that stands later in the file is at fault.
    INSERT INTO staged_reject (line, code, detail)
    SELECT DISTINCT ON (x.line) x.line, 'serial_overlap',
           'serial numbers of the delivery note "' || x.note || '" were shipped with the delivery note "' || x.other || '" before'
      FROM (SELECT CASE WHEN o.line IS NULL OR (n.line > o.line) THEN n.line ELSE o.line END AS line,
                   CASE WHEN o.line IS NULL OR (n.line > o.line) THEN n.note ELSE o.note END AS note,
                   CASE WHEN o.line IS NULL OR (n.line > o.line) THEN o.note ELSE n.note END AS other
              FROM serial_neighbour AS n,
                   LATERAL (SELECT o.line, o.note
                              FROM serial_neighbour AS o
                             WHERE o.product = n.product AND o.prefix = n.prefix AND o.width = n.width
                               AND o.first <= n.last AND o.last >= n.first
                               AND (o.first, coalesce(o.line, 0)) < (n.first, coalesce(n.line, 0))
                             LIMIT 1) AS o
             WHERE n.first <= n.reached) AS x
     WHERE x.line IS NOT NULL
     ORDER BY x.line, x.other;
    DELETE FROM staged_row AS r USING staged_reject AS x WHERE x.line = r.line AND x.code = 'serial_overlap';

    -- Neighbours, without what was just refused.
    INSERT INTO staged_warning (code, detail)
    SELECT 'serial_gap', first - reached - 1 || ' serial numbers are left out before '
           || serial_text(prefix, width, first) || ', delivery note "' || note || '"'
      FROM (SELECT line, product, prefix, width, first, note, max(last) OVER earlier AS reached,
                   last_value(line) OVER earlier AS line_before
              FROM serial_neighbour AS n
             WHERE NOT EXISTS (SELECT FROM staged_reject AS x WHERE x.line = n.line)
            WINDOW earlier AS (PARTITION BY product, prefix, width ORDER BY first
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS kept
     WHERE first > reached + 1 AND (line IS NOT NULL OR line_before IS NOT NULL)
     ORDER BY product, prefix, width, first
     LIMIT 20;
END
$$;
