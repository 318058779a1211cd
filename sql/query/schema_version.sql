-- schema_version()
--
-- The number of the newest migration.
SELECT max(number) AS version FROM schema_migration
