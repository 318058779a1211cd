-- The order of serial numbers: of one prefix the shorter ones come first.
CREATE INDEX unit_serial_order_idx ON unit (product, length(serial), serial);
