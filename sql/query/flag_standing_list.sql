-- flag_standing_list()
--
-- The flags that are not cleared.
--
-- lane: slow
SELECT f.id AS flag, f.line, f.code, f.subject, f.level, f.clean_since, f.as_of
  FROM flag AS f
 WHERE f.state <> 'cleared'
 ORDER BY f.line, f.id
