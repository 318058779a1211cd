-- Units of a line by day of shipment, for curves of life: a hundredth of ship_cell once every
-- place buys every model every day.
CREATE TABLE lot_day (
    line     bigint NOT NULL,
    lot      text NOT NULL,
    channel  code NOT NULL,
    ship_day date NOT NULL,
    shipped  bigint NOT NULL,
    CONSTRAINT lot_day_pkey PRIMARY KEY (line, lot, channel, ship_day)
);
INSERT INTO lot_day (line, lot, channel, ship_day, shipped)
SELECT p.line, c.lot, c.channel, c.ship_day, sum(c.shipped)
  FROM ship_cell AS c
  JOIN product AS p ON p.id = c.product
 GROUP BY p.line, c.lot, c.channel, c.ship_day;
