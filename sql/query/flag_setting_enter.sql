-- flag_setting_enter(actor bigint, id text, name text, value double precision, note text)
--
-- A threshold has another value from now on.
--
-- lane: write
   WITH entered AS (
    INSERT INTO flag_setting (public_id, name, value, note, actor)
    VALUES ($2, $3, $4, $5, $1)
    RETURNING public_id, name, value, note, actor, created_at
)
SELECT e.public_id AS id, e.name, e.value, e.note, a.name AS actor_name, e.created_at
  FROM entered AS e
  LEFT JOIN account AS a ON a.id = e.actor
