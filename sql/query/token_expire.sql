-- token_expire()
--
-- Forgets tokens that are good for nothing any more.
-- lane: write
DELETE FROM token WHERE expires_at < now()
