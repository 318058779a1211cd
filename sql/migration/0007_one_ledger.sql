-- One ledger for all that is counted. What files and returns told apart until here
-- (sales_day, rate_month, rate_delta) becomes events, and every report reads rollups of those.

-- A correction may be of the money alone.
ALTER TABLE unit_event DROP CONSTRAINT unit_event_units_range;
ALTER TABLE unit_event
    ADD CONSTRAINT unit_event_units_range CHECK (abs(units) <= 1000000000),
    ADD CONSTRAINT unit_event_says_something CHECK (units <> 0 OR money_minor <> 0);
COMMENT ON COLUMN unit_event.money_minor IS 'Paid by the customers for what was shipped, given back to them for what came back.';

-- What takes loss out of an event that was counted: units that are sold as new again, and
-- those that a marketplace, carrier or supplier paid for.
ALTER TABLE event_class ADD COLUMN recovered boolean NOT NULL DEFAULT false;
INSERT INTO event_class (code, gross, net, quality, stays, recovered)
VALUES ('restocked',  false, false, false, true, true),
       ('reimbursed', false, false, false, true, true);

-- Sales files so far told no day of shipment for their returns, so those belong to no cohort.
-- The demo's file repeats the returns that the demo filed, and those come below.
WITH posted AS (
    INSERT INTO posting (import) SELECT DISTINCT import FROM sales_day RETURNING id, import
)
INSERT INTO unit_event (posting, product, country, channel, ship_day, event_day, class, units)
SELECT p.id, d.product, d.country, d.channel, CASE WHEN e.class IS NULL THEN d.day END, d.day, e.class, e.units
  FROM sales_day AS d
  JOIN posted AS p USING (import)
  JOIN sales_import AS i ON i.id = d.import,
       LATERAL (VALUES (NULL, d.sold), ('unknown', d.returned)) AS e (class, units)
 WHERE e.units <> 0
   AND (e.class IS NULL OR i.file_hash <> sha256('demo.csv'));
-- Our own returns that were counted before there was a ledger.
WITH counted AS MATERIALIZED (
    SELECT r.*
      FROM return AS r
      JOIN return_state AS s ON s.code = r.state AND s.counted
     WHERE NOT EXISTS (SELECT FROM unit_event AS e WHERE e.return = r.id)
), posted AS (
    INSERT INTO posting (import) SELECT NULL FROM counted LIMIT 1 RETURNING id
)
INSERT INTO unit_event (posting, product, country, channel, lot, ship_day, event_day, class, reason, units, return)
SELECT p.id, r.product, r.country, coalesce(r.channel, 'direct'), coalesce(u.lot, ''),
       CASE WHEN u.shipped_on <= c.day THEN u.shipped_on END, c.day, w.class, r.reason, 1, r.id
  FROM posted AS p,
       counted AS r
  JOIN return_reason AS w ON w.code = r.reason
  LEFT JOIN unit AS u ON u.id = r.unit,
       LATERAL (SELECT (coalesce(max(e.created_at), r.created_at) AT TIME ZONE 'UTC')::date AS day
                  FROM return_event AS e
                  JOIN return_state AS s ON s.code = e.to_state AND s.counted
                 WHERE e.return = r.id AND e.kind = 'state_changed') AS c;

DROP TABLE sales_day, rate_delta;

-- Every rollup anew: returns are told by the month in which they came as well, and by model.
DROP TABLE cohort, cohort_return, lot_cohort, lot_return, line_cohort, line_return, uncovered_return, rate_month;
TRUNCATE ship_cell, return_cell;
UPDATE posting SET version = NULL;

-- By month of shipment, periods of age as age_period() counts them, and month of the event.
CREATE TABLE cohort (
    line    bigint NOT NULL,
    month   date NOT NULL,
    country country_code NOT NULL,
    channel code NOT NULL,
    shipped bigint NOT NULL,
    money_minor bigint NOT NULL,
    CONSTRAINT cohort_pkey PRIMARY KEY (line, month, country, channel)
);
CREATE TABLE cohort_return (
    line        bigint NOT NULL,
    month       date NOT NULL,
    period      integer NOT NULL,
    event_month date NOT NULL,
    country     country_code NOT NULL,
    channel     code NOT NULL,
    class       code NOT NULL,
    reason      text COLLATE "C" NOT NULL,
    returned    bigint NOT NULL,
    money_minor bigint NOT NULL,
    CONSTRAINT cohort_return_pkey PRIMARY KEY (line, month, period, event_month, country, channel, class, reason)
);
-- The same by production lot, and by product.
CREATE TABLE lot_cohort (
    line    bigint NOT NULL,
    lot     text COLLATE "C" NOT NULL,
    month   date NOT NULL,
    shipped bigint NOT NULL,
    CONSTRAINT lot_cohort_pkey PRIMARY KEY (line, lot, month)
);
CREATE TABLE lot_return (
    line        bigint NOT NULL,
    lot         text COLLATE "C" NOT NULL,
    month       date NOT NULL,
    period      integer NOT NULL,
    event_month date NOT NULL,
    class       code NOT NULL,
    returned    bigint NOT NULL,
    CONSTRAINT lot_return_pkey PRIMARY KEY (line, lot, month, period, event_month, class)
);
CREATE TABLE product_cohort (
    line    bigint NOT NULL,
    product bigint NOT NULL,
    month   date NOT NULL,
    shipped bigint NOT NULL,
    CONSTRAINT product_cohort_pkey PRIMARY KEY (line, product, month)
);
CREATE TABLE product_return (
    line        bigint NOT NULL,
    product     bigint NOT NULL,
    month       date NOT NULL,
    period      integer NOT NULL,
    event_month date NOT NULL,
    class       code NOT NULL,
    returned    bigint NOT NULL,
    CONSTRAINT product_return_pkey PRIMARY KEY (line, product, month, period, event_month, class)
);
-- Without any split: the lists of all lines and the triangle of one.
CREATE TABLE line_cohort (
    line    bigint NOT NULL,
    month   date NOT NULL,
    shipped bigint NOT NULL,
    money_minor bigint NOT NULL,
    CONSTRAINT line_cohort_pkey PRIMARY KEY (line, month)
);
CREATE TABLE line_return (
    line        bigint NOT NULL,
    month       date NOT NULL,
    period      integer NOT NULL,
    event_month date NOT NULL,
    class       code NOT NULL,
    returned    bigint NOT NULL,
    money_minor bigint NOT NULL,
    CONSTRAINT line_return_pkey PRIMARY KEY (line, month, period, event_month, class)
);
-- Returns that belong to no cohort, by the month in which they came.
CREATE TABLE uncovered_return (
    line        bigint NOT NULL,
    product     bigint NOT NULL,
    event_month date NOT NULL,
    country     country_code NOT NULL,
    channel     code NOT NULL,
    class       code NOT NULL,
    reason      text COLLATE "C" NOT NULL,
    returned    bigint NOT NULL,
    money_minor bigint NOT NULL,
    CONSTRAINT uncovered_return_pkey PRIMARY KEY (line, product, event_month, country, channel, class, reason)
);
-- The flow: units sold in a month, and units that came back in it, whenever they were sold.
CREATE TABLE rate_month (
    line     bigint NOT NULL,
    month    date NOT NULL,
    country  country_code NOT NULL,
    channel  code NOT NULL,
    sold     bigint NOT NULL,
    returned bigint NOT NULL,
    CONSTRAINT rate_month_pkey PRIMARY KEY (line, month, country, channel)
);
