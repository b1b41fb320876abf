-- Reports: the rates that hold for a day, the days that were compared with the ledger, and what came after that.

-- What one minor unit of a currency is worth in minor units of the currency of reports, for one day (UTC), for ever.
CREATE TABLE report_rates (
  day date NOT NULL,
  captured_at timestamptz NOT NULL DEFAULT now(),
  as_of timestamptz NOT NULL,
  factor numeric(38, 18) NOT NULL CHECK (factor > 0),
  reporting text NOT NULL,
  currency text NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (reporting, day, currency)
);

-- A day of UTC as it was compared with the ledger. What comes later restates it: another revision, beside the first.
CREATE TABLE report_closings (
  day date NOT NULL,
  revision integer NOT NULL CHECK (revision > 0),
  -- The position of events up to which facts and ledger were compared.
  position bigint NOT NULL,
  -- The newest of report_late that was known.
  late_through bigint NOT NULL,
  closed_at timestamptz NOT NULL DEFAULT now(),
  status text NOT NULL CHECK (status IN ('TIED', 'OFF')),
  actor text NOT NULL,
  reason text NOT NULL,
  -- [{ line, currency, ledger, facts }]: minor units as decimal strings.
  lines jsonb NOT NULL,
  PRIMARY KEY (day, revision)
);

-- Events of a closed day that arrived after it was closed.
CREATE TABLE report_late (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  to_position bigint NOT NULL,
  day date NOT NULL,
  facts integer NOT NULL,
  noted_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (day, to_position)
);

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['report_rates', 'report_closings', 'report_late'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
END $$;
