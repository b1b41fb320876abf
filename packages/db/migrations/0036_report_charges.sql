-- What others take of the house's result, by version; the latest to begin holds. Providers take a part of the GGR of their
-- games, and may ask for a month at least; states tax GGR or stakes.
CREATE TABLE report_charges (
  kind text NOT NULL CHECK (kind IN ('PROVIDER_FEE', 'TAX')),
  -- A provider's code, or the code of a jurisdiction's pack.
  subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 40),
  version integer NOT NULL CHECK (version > 0),
  -- A day of UTC.
  effective_from date NOT NULL,
  base text NOT NULL CHECK (base IN ('GGR', 'GGR_CASH', 'STAKES', 'STAKES_CASH')),
  -- Millionths.
  rate_ppm integer NOT NULL CHECK (rate_ppm BETWEEN 0 AND 1000000),
  -- Minor units for a month of UTC.
  minimum bigint CHECK (minimum > 0),
  currency text,
  -- The proposal that brought it; null on those that the house began with.
  approval_id bigint REFERENCES approvals,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, subject, version),
  CHECK ((minimum IS NULL) = (currency IS NULL)),
  CHECK (minimum IS NULL OR kind = 'PROVIDER_FEE'),
  CHECK (kind = 'TAX' OR base IN ('GGR', 'GGR_CASH'))
);

-- What states take today. The sources stand in docs/reports.md.
INSERT INTO report_charges (kind, subject, version, effective_from, base, rate_ppm) VALUES
  ('TAX', 'MT', 1, DATE '2018-08-01', 'GGR', 50000),
  ('TAX', 'UK', 1, DATE '2019-04-01', 'GGR', 210000),
  ('TAX', 'UK', 2, DATE '2026-04-01', 'GGR', 400000),
  ('TAX', 'DE', 1, DATE '2021-07-01', 'STAKES', 50332);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON report_charges FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON report_charges FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER guard_rules BEFORE INSERT ON report_charges FOR EACH ROW EXECUTE FUNCTION guard_rules('report.charge');
GRANT SELECT, INSERT ON report_charges TO pitboss_app;

ALTER TABLE approval_policies DISABLE TRIGGER guard_policy;
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours) VALUES ('report.charge', NULL, 0, 1, 168);
ALTER TABLE approval_policies ENABLE TRIGGER guard_policy;
