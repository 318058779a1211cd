-- Makes the staged rows ready to be written. Equal keys are told apart by a running number; where
-- the reader is sure that there are none, none is `doubtful`. Days
-- that are to be told in another zone are told in it from here on. Products are found by
-- product_sku, then by model, then made in the line, if one is named; with `only_line` no product
-- of another line will do. Rows whose product stays unknown go to staged_reject, and out of
-- staged_row. Returns how many products it made.
CREATE OR REPLACE FUNCTION import_prepare(line_code text, line_name text, only_line boolean, zone text, doubtful boolean)
RETURNS bigint
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    line_key bigint;
    made     bigint := 0;
BEGIN
    IF doubtful THEN
        UPDATE staged_row AS r
           SET key = n.key, own = CASE WHEN r.own = r.key THEN n.key ELSE r.own END
          FROM (SELECT line, md5(key::text || number)::uuid AS key
                  FROM (SELECT line, key, row_number() OVER (PARTITION BY key ORDER BY line) AS number
                          FROM staged_row
                         WHERE key IN (SELECT key FROM staged_row WHERE key_seen)) AS numbered
                 WHERE number > 1) AS n
         WHERE r.line = n.line;
    END IF;

    IF line_name IS NOT NULL THEN
        INSERT INTO product_line (public_id, code, name)
        VALUES (new_id('lin'), line_code, line_name)
            ON CONFLICT (code) DO NOTHING;
    END IF;
    SELECT l.id INTO line_key FROM product_line AS l WHERE l.code = line_code;

    INSERT INTO staged_sku (sku, product, several)
    SELECT s.sku, coalesce(k.product, m.product), m.several
      FROM (SELECT DISTINCT sku FROM staged_row) AS s
      LEFT JOIN LATERAL (SELECT k.product
                           FROM product_sku AS k
                           JOIN product AS p ON p.id = k.product
                          WHERE k.sku = s.sku AND (p.line = line_key OR NOT only_line)) AS k ON true
      LEFT JOIN LATERAL (SELECT CASE WHEN count(*) = 1 OR bool_or(p.line = line_key)
                                     THEN (array_agg(p.id ORDER BY p.line IS NOT DISTINCT FROM line_key DESC))[1] END AS product,
                                count(*) > 1 AS several
                           FROM product AS p
                          WHERE p.model = s.sku AND (p.line = line_key OR NOT only_line)) AS m ON true;

    IF line_key IS NOT NULL THEN
        INSERT INTO product (public_id, line, model, name, listed)
        SELECT new_id('prd'), line_key, sku, sku, false
          FROM staged_sku
         WHERE product IS NULL AND NOT several
         ORDER BY sku;
        GET DIAGNOSTICS made = ROW_COUNT;
        UPDATE staged_sku AS s
           SET product = p.id
          FROM product AS p
         WHERE s.product IS NULL AND NOT s.several AND p.line = line_key AND p.model = s.sku;
    END IF;
    ANALYZE staged_sku, staged_row (line, key, own, parent, sku, kind, came_on, units);

    INSERT INTO staged_reject (line, code, detail)
    SELECT r.line, CASE WHEN s.several THEN 'ambiguous_sku' ELSE 'unknown_sku' END,
           CASE WHEN s.several THEN 'products of several lines have this model: say which line'
                ELSE 'no product has this SKU or model, and no line is named in which to make one' END
      FROM staged_row AS r
      JOIN staged_sku AS s ON s.sku = r.sku
     WHERE s.product IS NULL
     ORDER BY r.line;
    IF FOUND THEN
        DELETE FROM staged_row AS r USING staged_reject AS x WHERE x.line = r.line;
    END IF;

    -- Where only one of the two is an instant, the other day stays as it is written: none may
    -- come back before it was shipped because of that.
    IF zone IS NOT NULL THEN
        UPDATE staged_row AS r
           SET shipped_on = z.shipped_on,
               came_on = CASE WHEN z.came_on IS NOT NULL THEN greatest(z.came_on, z.shipped_on) END
          FROM (SELECT line, coalesce((shipped_at AT TIME ZONE zone)::date, shipped_on) AS shipped_on,
                       coalesce((came_at AT TIME ZONE zone)::date, came_on) AS came_on
                  FROM staged_row
                 WHERE shipped_at IS NOT NULL OR came_at IS NOT NULL) AS z
         WHERE r.line = z.line;
    END IF;
    RETURN made;
END
$$;
