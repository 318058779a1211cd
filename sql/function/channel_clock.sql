-- The channels that are asked for, and for how many days their units are on their way (by the clock
-- `delivery`) or on a shelf (`in_service`) before they age: none by the clock `ship`, which takes all
-- at once. Days that are whole periods of age are `lag`, by which rollups are moved; by others the
-- cells of days are, which are `shift`, else NULL. DELIVERY_UNKNOWN for a channel without a time.
CREATE OR REPLACE FUNCTION channel_clock(line bigint, wanted text, clock text)
RETURNS TABLE (channel text, days integer, lag integer, shift integer)
LANGUAGE plpgsql STABLE ROWS 4
AS $$
#variable_conflict use_column
BEGIN
    IF coalesce($3, 'ship') = 'ship' THEN
        RETURN QUERY SELECT $2, 0, 0, NULL::integer;
        RETURN;
    END IF;
    FOR channel, days IN
        SELECT c.channel::text,
               CASE $3 WHEN 'delivery' THEN coalesce(t.days, (SELECT o.days FROM delivery_time AS o WHERE o.channel = '*'))
                       ELSE coalesce(s.days, 0) END
          FROM (SELECT DISTINCT o.channel FROM cohort AS o WHERE o.line = $1 AND o.channel = coalesce($2, o.channel)) AS c
          LEFT JOIN sell_through AS s ON s.channel = c.channel
          LEFT JOIN delivery_time AS t ON t.channel = c.channel
    LOOP
        IF channel_clock.days IS NULL THEN
            PERFORM problem('DELIVERY_UNKNOWN', 'No delivery time is entered for the channel ' || channel_clock.channel || '.');
        END IF;
        channel_clock.lag := age_periods_within(channel_clock.days);
        channel_clock.shift := NULL;
        IF age_period_end(channel_clock.lag - 1) <> channel_clock.days THEN
            channel_clock.lag := 0;
            channel_clock.shift := channel_clock.days;
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;
