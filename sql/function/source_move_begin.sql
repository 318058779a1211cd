-- Keeps in source_moved what leads elsewhere after the staged rows are in: replacements and
-- reimbursements that are new or changed, and all that leads through them; with where each leads
-- until then. Only source_merge() calls it.
CREATE OR REPLACE FUNCTION source_move_begin()
RETURNS void
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO source_moved (own, root)
    WITH RECURSIVE link AS MATERIALIZED (
        SELECT own, parent FROM source_row WHERE parent IS NOT NULL
         UNION
        SELECT own, parent FROM staged_row WHERE parent IS NOT NULL
    ), moved AS (
        (SELECT s.own
           FROM staged_row AS s
          WHERE s.parent IS NOT NULL
            AND NOT EXISTS (SELECT FROM source_known AS n WHERE n.line = s.line AND NOT n.changed)
          UNION
         SELECT r.own
           FROM source_known AS n
           JOIN source_row AS r ON r.key = n.key
          WHERE n.changed AND r.parent IS NOT NULL)
          UNION
        SELECT link.own
          FROM link
          JOIN moved ON moved.own = link.parent
    )
    SELECT own, source_root(own) FROM moved;
END
$$;
