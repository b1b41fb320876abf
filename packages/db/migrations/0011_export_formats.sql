-- An export is a file of one of several formats.
ALTER TABLE exports ADD COLUMN format text NOT NULL DEFAULT 'csv' CHECK (format IN ('csv', 'xlsx', 'pdf', 'parquet'));
