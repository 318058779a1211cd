-- The costs of a line in another currency, as money_in() has it.
CREATE OR REPLACE FUNCTION cost_in(cost line_cost, wanted text, reporting text, day date)
RETURNS line_cost
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    factor numeric;
BEGIN
    IF wanted <> cost.currency THEN
        SELECT m.currency, m.factor INTO cost.currency, factor FROM money_in(cost.currency, wanted, reporting, day) AS m;
        cost.price_minor := round(cost.price_minor * factor);
        cost.cogs_minor := round(cost.cogs_minor * factor);
        cost.outbound_minor := round(cost.outbound_minor * factor);
        cost.fees_minor := round(cost.fees_minor * factor);
        cost.inbound_minor := round(cost.inbound_minor * factor);
        cost.inspect_minor := round(cost.inspect_minor * factor);
        cost.repair_minor := round(cost.repair_minor * factor);
        cost.recovery_minor := round(cost.recovery_minor * factor);
        cost.advertising_minor := round(cost.advertising_minor * factor);
        cost.fees_kept_minor := round(cost.fees_kept_minor * factor);
        cost.disposal_minor := round(cost.disposal_minor * factor);
        cost.claim_cost_minor := round(cost.claim_cost_minor * factor);
        cost.margin_low_minor := round(cost.margin_low_minor * factor);
        cost.margin_high_minor := round(cost.margin_high_minor * factor);
        cost.loss_low_minor := round(cost.loss_low_minor * factor);
        cost.loss_high_minor := round(cost.loss_high_minor * factor);
    END IF;
    RETURN cost;
END
$$;
