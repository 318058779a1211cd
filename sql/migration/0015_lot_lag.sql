-- What the watch over lots reads: a twelfth of lot_return, whose ages and classes it adds up each time.

-- A fault, or a return of which nobody told why.
ALTER TABLE event_class ADD COLUMN suspect boolean GENERATED ALWAYS AS (quality OR code = 'unknown') STORED;

CREATE TABLE lot_lag (
    line        bigint NOT NULL,
    lot         text COLLATE "C" NOT NULL,
    month       date NOT NULL,
    event_month date NOT NULL,
    suspect     bigint NOT NULL,
    leavers     bigint NOT NULL,
    CONSTRAINT lot_lag_pkey PRIMARY KEY (line, lot, month, event_month)
);
COMMENT ON COLUMN lot_lag.leavers IS 'Units that left the customer in any way.';
INSERT INTO lot_lag (line, lot, month, event_month, suspect, leavers)
SELECT r.line, r.lot, r.month, r.event_month, coalesce(sum(r.returned) FILTER (WHERE k.suspect), 0),
       coalesce(sum(r.returned) FILTER (WHERE NOT k.stays), 0)
  FROM lot_return AS r
  JOIN event_class AS k ON k.code = r.class AND (k.suspect OR NOT k.stays)
 GROUP BY r.line, r.lot, r.month, r.event_month
 ORDER BY r.line, r.lot, r.month, r.event_month;
