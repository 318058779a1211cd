-- line_cost_enter(actor bigint, line text, valid_from date, currency text, price_minor bigint, cogs_minor bigint, outbound_minor bigint, fees_minor bigint, inbound_minor bigint, inspect_minor bigint, repair_minor bigint, recovery_minor bigint, advertising_minor bigint, fees_kept_minor bigint, disposal_minor bigint, claims_per_unit double precision, claim_cost_minor bigint, margin_low_minor bigint, margin_high_minor bigint, loss_low_minor bigint, loss_high_minor bigint)
--
-- What a unit of a line earns and costs from a day on. What was entered for a
-- day is not changed: a second time violates line_cost_pkey. No row: there is no
-- such line.
--
-- lane: write
   WITH entered AS (
    INSERT INTO line_cost (line, valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor,
                           inbound_minor, inspect_minor, repair_minor, recovery_minor, advertising_minor,
                           fees_kept_minor, disposal_minor, claims_per_unit, claim_cost_minor, margin_low_minor,
                           margin_high_minor, loss_low_minor, loss_high_minor, entered_by)
    SELECT id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, coalesce($13, 0), coalesce($14, 0), coalesce($15, 0),
           coalesce($16, 0), coalesce($17, 0), $18, $19, $20, $21, $1
      FROM product_line
     WHERE public_id = $2
    RETURNING valid_from, currency, price_minor, cogs_minor, outbound_minor, fees_minor, inbound_minor, inspect_minor,
              repair_minor, recovery_minor, advertising_minor, fees_kept_minor, disposal_minor, claims_per_unit,
              claim_cost_minor, margin_low_minor, margin_high_minor, loss_low_minor, loss_high_minor, entered_by,
              entered_at
)
SELECT $2 AS line, c.valid_from, c.currency, c.price_minor, c.cogs_minor, c.outbound_minor, c.fees_minor,
       c.inbound_minor, c.inspect_minor, c.repair_minor, c.recovery_minor, c.advertising_minor, c.fees_kept_minor,
       c.disposal_minor, c.claims_per_unit, c.claim_cost_minor, c.margin_low_minor, c.margin_high_minor,
       c.loss_low_minor, c.loss_high_minor, a.name AS entered_by, c.entered_at
  FROM entered AS c
  LEFT JOIN account AS a ON a.id = c.entered_by
