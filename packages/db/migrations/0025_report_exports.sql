-- A regulator's report is a file of XML; the head lines of a CSV are there for whoever asks for them.
ALTER TABLE exports DROP CONSTRAINT exports_format_check;
ALTER TABLE exports ADD CONSTRAINT exports_format_check CHECK (format IN ('csv', 'xlsx', 'pdf', 'parquet', 'xml'));
ALTER TABLE exports ADD COLUMN preamble boolean NOT NULL DEFAULT false;
