-- The events that ought to be in the ledger for the rows in the temporary table source_line: all
-- rows of some groups, `money` being in the reporting currency. Nothing else is looked at, and
-- the rows' order does not matter: so the ledger follows from what the rows say now, however
-- they came to say it.
--
-- Shipments: those of the best source that has any; what is shipped as a replacement is no sale.
-- Returns: those of a report, else those that the status of an order tells. They belong to the
-- cohort of the first shipment, unless it was later. Refunds: as many as exceed the returns are
-- units that stay with the customer; the rest of their money is that of the returns. What is
-- restocked or reimbursed is never more than what came back or was refunded.
CREATE OR REPLACE FUNCTION source_events()
RETURNS TABLE (grp uuid, product bigint, country text, channel text, lot text, ship_day date, event_day date,
               class text, reason text, units bigint, money_minor bigint)
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH best AS MATERIALIZED (
        SELECT grp, product,
               max(rank) FILTER (WHERE kind = 'shipment' AND own = grp AND units > 0) AS shipped,
               max(rank) FILTER (WHERE kind = 'return' AND units > 0) AS returned,
               max(rank) FILTER (WHERE kind = 'refund' AND (units <> 0 OR money <> 0)) AS refunded
          FROM source_line
         GROUP BY grp, product
    ), shipment AS MATERIALIZED (
        SELECT l.*
          FROM source_line AS l
          JOIN best AS b USING (grp, product)
         WHERE l.kind = 'shipment' AND l.own = l.grp AND l.units > 0 AND l.rank = b.shipped
    ), cohort AS MATERIALIZED (
        SELECT DISTINCT ON (grp, product) grp, product, shipped_on, country, channel, lot
          FROM shipment
         ORDER BY grp, product, shipped_on, key
    ), placed AS MATERIALIZED (
        -- All that is not a shipment, in its cohort. The day of a return that only a status tells
        -- is assumed, so it is not held against the shipment's.
        SELECT l.grp, l.product, l.key, l.kind, l.rank, l.class, l.reason, l.units, l.restocked, l.reimbursed,
               CASE WHEN l.kind = 'shipment' THEN 0 ELSE l.money END AS money,
               CASE WHEN l.kind = 'shipment' THEN greatest(l.came_on, c.shipped_on) ELSE l.came_on END AS came_on,
               CASE WHEN covered THEN c.country ELSE l.country END AS country,
               CASE WHEN covered THEN c.channel ELSE l.channel END AS channel,
               CASE WHEN covered THEN c.lot ELSE l.lot END AS lot,
               CASE WHEN covered THEN c.shipped_on WHEN l.kind = 'return' THEN l.shipped_on END AS shipped_on
          FROM source_line AS l
          LEFT JOIN cohort AS c USING (grp, product),
               LATERAL (SELECT c.shipped_on <= l.came_on OR (l.kind = 'shipment' AND c.shipped_on IS NOT NULL)) AS x (covered)
         WHERE l.came_on IS NOT NULL AND l.kind IN ('shipment', 'return', 'refund', 'reimbursement')
    ), returned AS MATERIALIZED (
        SELECT p.*, k.net,
               sum(p.units) OVER (PARTITION BY p.grp, p.product ORDER BY p.came_on, p.key) AS so_far
          FROM placed AS p
          JOIN best AS b USING (grp, product)
          JOIN event_class AS k ON k.code = p.class
         WHERE p.units > 0
           AND CASE p.kind WHEN 'return' THEN p.rank = b.returned WHEN 'shipment' THEN b.returned IS NULL END
    ), refund AS MATERIALIZED (
        SELECT p.*, sum(greatest(p.units, 0)) OVER (PARTITION BY p.grp, p.product ORDER BY p.came_on DESC, p.key DESC) AS so_far,
               row_number() OVER (PARTITION BY p.grp, p.product ORDER BY p.came_on DESC, p.key DESC) AS nth
          FROM placed AS p
          JOIN best AS b USING (grp, product)
         WHERE p.kind = 'refund' AND p.rank = b.refunded
    ), reimbursement AS MATERIALIZED (
        SELECT p.*, sum(greatest(p.units, 0)) OVER (PARTITION BY p.grp, p.product ORDER BY p.came_on, p.key) AS so_far
          FROM placed AS p
         WHERE p.kind = 'reimbursement'
    ), counted AS (
        SELECT b.grp, b.product, coalesce(r.units, 0) AS back, coalesce(r.net, 0) AS net,
               coalesce(r.restocked, 0) AS restocked, f.units AS refunded, f.money AS refund_money,
               greatest(0, f.units - coalesce(r.units, 0)) AS excess,
               coalesce(x.units, r.reimbursed, 0) AS reimbursed, x.units IS NOT NULL AS reported, x.money AS reimbursed_money
          FROM best AS b
          LEFT JOIN (SELECT grp, product, sum(units) AS units, sum(units) FILTER (WHERE net) AS net,
                            sum(units) FILTER (WHERE net AND restocked) AS restocked,
                            sum(units) FILTER (WHERE reimbursed) AS reimbursed
                       FROM returned GROUP BY grp, product) AS r USING (grp, product)
          LEFT JOIN (SELECT grp, product, sum(units) AS units, sum(money) AS money
                       FROM refund GROUP BY grp, product) AS f USING (grp, product)
          LEFT JOIN (SELECT grp, product, sum(units) AS units, sum(money) AS money
                       FROM reimbursement GROUP BY grp, product) AS x USING (grp, product)
    ), total AS MATERIALIZED (
        SELECT c.*, c.refund_money - x.excess_money AS returned_money, x.excess_money,
               greatest(0, least(c.reimbursed, c.net + coalesce(c.excess, 0) - c.restocked)) AS recovered
          FROM counted AS c,
               LATERAL (SELECT CASE WHEN c.refunded > 0 THEN round(c.refund_money * c.excess / c.refunded)
                                    WHEN c.back > 0 THEN 0 ELSE c.refund_money END) AS x (excess_money)
    )
    SELECT l.grp, l.product, l.country::text, l.channel::text, l.lot, l.shipped_on, l.shipped_on, NULL, '', l.units::bigint,
           l.money::bigint
      FROM shipment AS l
     UNION ALL
    SELECT l.grp, l.product, l.country::text, l.channel::text, l.lot, NULL, l.came_on, 'cancel', l.reason, l.units, 0
      FROM source_line AS l
      JOIN best AS b USING (grp, product)
     WHERE l.kind = 'cancel' AND l.own = l.grp AND l.units > 0 AND (b.shipped IS NULL OR l.rank >= b.shipped)
     UNION ALL
    SELECT p.grp, p.product, p.country::text, p.channel::text, p.lot, p.shipped_on, p.came_on, p.class, p.reason, p.units,
           CASE WHEN t.refund_money IS NULL THEN p.money
                ELSE round(t.returned_money * p.so_far / t.back) - round(t.returned_money * (p.so_far - p.units) / t.back)
                END::bigint
      FROM returned AS p
      JOIN total AS t USING (grp, product)
     UNION ALL
    SELECT p.grp, p.product, p.country::text, p.channel::text, p.lot, p.shipped_on, p.came_on, 'restocked', p.reason, p.units, 0
      FROM returned AS p
     WHERE p.restocked AND p.net
     UNION ALL
    SELECT p.grp, p.product, p.country::text, p.channel::text, p.lot, p.shipped_on, p.came_on, 'refund_only', p.reason,
           x.taken::bigint,
           CASE WHEN t.excess > 0 THEN round(t.excess_money * (x.before + x.taken) / t.excess) - round(t.excess_money * x.before / t.excess)
                WHEN p.nth = 1 THEN t.excess_money ELSE 0 END::bigint
      FROM refund AS p
      JOIN total AS t USING (grp, product),
           LATERAL (SELECT p.so_far - greatest(p.units, 0) AS before,
                           greatest(0, least(p.units, t.excess - p.so_far + greatest(p.units, 0))) AS taken) AS x
     UNION ALL
    SELECT p.grp, p.product, p.country::text, p.channel::text, p.lot, p.shipped_on, p.came_on, 'reimbursed', p.reason,
           x.taken::bigint,
           (round(t.reimbursed_money * (x.before + x.taken) / t.reimbursed) - round(t.reimbursed_money * x.before / t.reimbursed))::bigint
      FROM reimbursement AS p
      JOIN total AS t USING (grp, product),
           LATERAL (SELECT p.so_far - greatest(p.units, 0) AS before,
                           greatest(0, least(p.units, t.recovered - p.so_far + greatest(p.units, 0))) AS taken) AS x
     WHERE x.taken > 0
     UNION ALL
    SELECT p.grp, p.product, p.country::text, p.channel::text, p.lot, p.shipped_on, p.came_on, 'reimbursed', p.reason,
           x.taken::bigint, 0
      FROM (SELECT r.*, sum(r.units) OVER (PARTITION BY r.grp, r.product ORDER BY r.came_on, r.key) AS flagged
              FROM returned AS r
             WHERE r.reimbursed) AS p
      JOIN total AS t USING (grp, product),
           LATERAL (SELECT greatest(0, least(p.units, t.recovered - p.flagged + p.units)) AS taken) AS x
     WHERE NOT t.reported;
END
$$;
