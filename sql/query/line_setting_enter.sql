-- line_setting_enter(line text, family text, fee_category text)
--
-- Puts a line into another family, or under another rule of a marketplace's
-- fee: "none" for none, NULL as it is. An unknown category violates
-- product_line_fee_category_fkey. No row: there is no such line.
--
-- lane: write
UPDATE product_line
   SET family = $2,
       fee_category = CASE WHEN $3 IS NULL THEN fee_category ELSE nullif($3, 'none') END
 WHERE public_id = $1
RETURNING public_id AS id, code, name, family, fee_category
