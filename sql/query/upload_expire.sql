-- upload_expire()
--
-- Forgets files that nobody will read: whose upload broke off a day ago, or whose
-- job is over.
--
-- lane: write
DELETE FROM upload_piece
 WHERE upload IN (SELECT p.upload
                    FROM upload_piece AS p
                    LEFT JOIN job AS j ON j.upload = p.upload
                   WHERE p.n = 0
                     AND p.created_at < now() - interval '1 minute'
                     AND CASE WHEN j.id IS NULL THEN p.created_at < now() - interval '1 day'
                              ELSE j.finished_at IS NOT NULL END
                   LIMIT 20)
