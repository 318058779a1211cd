-- Whether a viewer may see a return: its customer, a partner with a ticket of
-- it, staff.
CREATE OR REPLACE FUNCTION return_visible(viewer_role text, viewer bigint, return bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
SELECT CASE viewer_role
       WHEN 'customer' THEN return = viewer
       WHEN 'partner_tech' THEN EXISTS (SELECT FROM ticket AS t WHERE t.return = $3 AND t.partner = viewer)
       ELSE viewer_role IN ('agent', 'manager', 'admin')
       END
$$;
