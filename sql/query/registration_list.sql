-- registration_list(state text, after_1 timestamptz, after_2 text, row_limit bigint)
--
-- Registrations, newest first. One branch for each index; the other ends at once.
--
-- keyset: created_at, id
SELECT g.public_id AS id, p.public_id AS product, p.model, g.serial, g.state, g.buyer_type,
       g.country, g.purchased_on, g.channel, g.order_number, g.email, g.row_version, g.created_at
  FROM ((SELECT *
           FROM registration
          WHERE $1 IS NULL
            AND (created_at, public_id) < (coalesce($2, 'infinity'), coalesce($3, ''))
          ORDER BY created_at DESC, public_id DESC
          LIMIT $4)
         UNION ALL
        (SELECT *
           FROM registration
          WHERE $1 IS NOT NULL
            AND state = $1
            AND (created_at, public_id) < (coalesce($2, 'infinity'), coalesce($3, ''))
          ORDER BY created_at DESC, public_id DESC
          LIMIT $4)) AS g
  JOIN product AS p ON p.id = g.product
 ORDER BY g.created_at DESC, g.public_id DESC
 LIMIT $4
