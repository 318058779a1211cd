-- Writes the serial numbers that new and changed rows ship, and a unit for each, so that what
-- comes back of them is found. Units that a row does not ship any more are not shipped. Comes
-- after source_merge(), which tells the changed rows.
CREATE OR REPLACE FUNCTION serial_ship()
RETURNS void
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
BEGIN
    UPDATE unit AS u
       SET lot = NULL, shipped_on = NULL, country = NULL, channel = NULL
      FROM source_known AS n
      JOIN shipped_serial AS h ON h.source = n.key,
           generate_series(h.first, h.last) AS number
     WHERE n.changed AND u.product = h.product AND u.serial = serial_text(h.prefix, h.width, number);
    DELETE FROM shipped_serial AS h USING source_known AS n WHERE n.changed AND h.source = n.key;

    DELETE FROM staged_serial AS s USING source_known AS n WHERE n.line = s.line AND NOT n.changed;
    INSERT INTO shipped_serial (source, product, prefix, width, first, last, note)
    SELECT r.key, k.product, s.prefix, s.width, s.first, s.last, s.note
      FROM staged_serial AS s
      JOIN staged_row AS r ON r.line = s.line
      JOIN staged_sku AS k ON k.sku = r.sku;
    INSERT INTO unit AS u (public_id, product, serial, lot, shipped_on, country, channel)
    SELECT new_id('unt'), k.product, serial_text(s.prefix, s.width, number), nullif(r.lot, ''), r.shipped_on, r.country, r.channel
      FROM staged_serial AS s
      JOIN staged_row AS r ON r.line = s.line
      JOIN staged_sku AS k ON k.sku = r.sku,
           generate_series(s.first, s.last) AS number
        ON CONFLICT (product, serial) DO UPDATE
       SET lot = coalesce(excluded.lot, u.lot), shipped_on = excluded.shipped_on, country = excluded.country,
           channel = excluded.channel;
END
$$;
