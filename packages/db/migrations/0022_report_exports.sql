-- A regulator's report is a file of XML; the head lines of a CSV are there for whoever asks for them.
ALTER TABLE exports DROP CONSTRAINT exports_format_check;
ALTER TABLE exports ADD CONSTRAINT exports_format_check CHECK (format IN ('csv', 'xlsx', 'pdf', 'parquet', 'xml'));
ALTER TABLE exports ADD COLUMN preamble boolean NOT NULL DEFAULT false;

-- Reports that come by themselves.
CREATE TABLE report_schedules (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  staff_id bigint NOT NULL REFERENCES staff,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  list text NOT NULL CHECK (list IN ('figures', 'facts', 'regulator')),
  format text NOT NULL CHECK (format IN ('csv', 'xlsx', 'pdf', 'parquet', 'xml')),
  preamble boolean NOT NULL DEFAULT false,
  filters jsonb NOT NULL,
  timing jsonb NOT NULL,
  recipients text[] NOT NULL,
  status text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'PAUSED', 'DELETED')),
  next_due_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX report_schedules_due ON report_schedules (next_due_at) WHERE status = 'ACTIVE';

-- One run for each due time, whichever engine saw it first.
CREATE TABLE report_runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  schedule_id bigint NOT NULL REFERENCES report_schedules,
  due_at timestamptz NOT NULL,
  status text NOT NULL DEFAULT 'WAITING' CHECK (status IN ('WAITING', 'RUNNING', 'DONE', 'FAILED')),
  tries integer NOT NULL DEFAULT 0,
  -- While it runs: when another engine may take it for left behind.
  next_try_at timestamptz NOT NULL,
  object_name text,
  failure text,
  finished_at timestamptz,
  UNIQUE (schedule_id, due_at)
);
CREATE INDEX report_runs_waiting ON report_runs (next_try_at) WHERE status IN ('WAITING', 'RUNNING');

-- Who gets a run's file, as an export of their own, and whether they were told.
CREATE TABLE report_deliveries (
  run_id bigint NOT NULL REFERENCES report_runs,
  staff_id bigint NOT NULL REFERENCES staff,
  export_id bigint NOT NULL REFERENCES exports,
  mailed_at timestamptz,
  PRIMARY KEY (run_id, staff_id)
);
GRANT SELECT, INSERT, UPDATE ON report_schedules, report_runs, report_deliveries TO pitboss_app;
