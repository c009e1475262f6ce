-- The numbers up to `last` that were never given: an import brought higher ones along. Another may bring these.
ALTER TABLE number_sequence ADD COLUMN free int8multirange;
