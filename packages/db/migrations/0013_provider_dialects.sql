-- How a game provider is spoken with. Its policy is never changed in place: each version stays, with who made it and why,
-- and the newest one counts. A provider without a policy speaks no dialect.
CREATE TABLE provider_policies (
  provider_id integer NOT NULL REFERENCES providers,
  version integer NOT NULL CHECK (version > 0),
  dialect text NOT NULL,
  policy jsonb NOT NULL,
  reason text NOT NULL,
  actor text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (provider_id, version)
);

-- What a provider proves itself with, sealed. A new one overlaps with the one before for as long as was said.
CREATE TABLE provider_credentials (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider_id integer NOT NULL REFERENCES providers,
  kind text NOT NULL CHECK (kind IN ('PUBLIC_KEY', 'SECRET')),
  sealed bytea NOT NULL,
  -- First hex digits of its SHA-256, by which people tell it from others.
  fingerprint text NOT NULL,
  valid_from timestamptz NOT NULL DEFAULT now(),
  valid_until timestamptz,
  created_by text NOT NULL,
  CHECK (valid_until IS NULL OR valid_until >= valid_from)
);
CREATE INDEX provider_credentials_provider ON provider_credentials (provider_id, id);

-- How a provider's calls were answered, by the hour; written in sums, off the way of bets.
CREATE TABLE provider_calls (
  provider_id integer NOT NULL REFERENCES providers,
  hour timestamptz NOT NULL,
  operation text NOT NULL,
  code text NOT NULL,
  calls bigint NOT NULL CHECK (calls > 0),
  PRIMARY KEY (provider_id, hour, operation, code)
);

CREATE TABLE conformance_reports (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider_id integer REFERENCES providers,
  dialect text NOT NULL,
  target text NOT NULL,
  scenarios integer NOT NULL CHECK (scenarios > 0),
  failed integer NOT NULL CHECK (failed BETWEEN 0 AND scenarios),
  report jsonb NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX conformance_reports_provider ON conformance_reports (provider_id, id);

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['provider_policies', 'conformance_reports'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
END $$;
GRANT SELECT, INSERT ON provider_credentials, provider_calls TO pitboss_app;
GRANT UPDATE (valid_until) ON provider_credentials TO pitboss_app;
GRANT UPDATE (calls) ON provider_calls TO pitboss_app;
