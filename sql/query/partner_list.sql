-- partner_list(after_1 text, after_2 text, row_limit bigint)
--
-- Service partners, by name.
--
-- keyset: name, id
SELECT public_id AS id, name, country, active, created_at
  FROM partner
 WHERE (name, public_id) > (coalesce($1, ''), coalesce($2, ''))
 ORDER BY name, public_id
 LIMIT $3
