-- Puts the rows that lead elsewhere now into the group that they lead to. Only source_merge()
-- calls it.
CREATE OR REPLACE FUNCTION source_move_end()
RETURNS void
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
BEGIN
    -- Rows that came in with this import, of orders that were known to lead elsewhere.
    INSERT INTO source_moved (own, root)
    SELECT DISTINCT s.own, s.own
      FROM staged_row AS s
      JOIN source_row AS link ON link.own = s.own AND link.parent IS NOT NULL
     WHERE NOT EXISTS (SELECT FROM source_moved AS m WHERE m.own = s.own);
    ANALYZE source_moved;
    INSERT INTO source_led (key, old_grp, grp, product)
    SELECT r.key, r.grp, m.new_root, r.product
      FROM (SELECT own, root, source_root(own) AS new_root FROM source_moved) AS m
      JOIN source_row AS r ON r.own = m.own AND r.grp IN (m.own, m.root)
     WHERE r.grp <> m.new_root;
    UPDATE source_row AS r SET grp = l.grp FROM source_led AS l WHERE r.key = l.key;
    INSERT INTO source_touched (grp, product)
    SELECT old_grp, product FROM source_led
     UNION
    SELECT grp, product FROM source_led;
END
$$;
