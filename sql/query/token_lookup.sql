-- token_lookup(hash bytea)
--
-- Who comes with a token. No row: unknown, or ended, or of an account that is
-- switched off or was idle for too long. It lasts so much longer, a day at most.
SELECT coalesce(a.role, 'customer') AS role,
       t.account, a.partner, t.return,
       (extract(epoch FROM least(t.expires_at - now(), interval '1 day')) * 1000)::bigint AS lasts_ms
  FROM token AS t
  LEFT JOIN account AS a ON a.id = t.account
  LEFT JOIN partner AS w ON w.id = a.partner
 WHERE t.hash = $1
   AND t.expires_at > now()
   AND (t.account IS NULL
        OR a.active
           AND w.active IS NOT FALSE
           AND t.last_used_at > now() - CASE a.role WHEN 'partner_tech' THEN interval '8 hours'
                                                    ELSE interval '30 minutes' END)
