-- token_lookup(hash bytea)
--
-- Who holds a token that is still good. Partners are signed out after 8 hours
-- without use or 12 in all, staff after half an hour or 12.
SELECT CASE WHEN t.return IS NOT NULL THEN 'customer' ELSE a.role END AS role,
       t.account, a.partner, t.return, t.expires_at
  FROM token AS t
  LEFT JOIN account AS a ON a.id = t.account
 WHERE t.hash = $1
   AND t.expires_at > now()
   AND (t.return IS NOT NULL
        OR (a.active
            AND t.last_used_at > now() - CASE a.role WHEN 'partner_tech' THEN interval '8 hours'
                                                     ELSE interval '30 minutes' END))
