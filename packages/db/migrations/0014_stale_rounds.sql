-- A provider that staff have paused takes no new sessions and no bets; wins and rollbacks still post.
ALTER TABLE providers
  ADD COLUMN paused_at timestamptz,
  ADD COLUMN paused_reason text;

-- How far the house voids a provider's stale bets by itself. A provider without a row leaves them to people.
CREATE TABLE stale_policies (
  provider_id integer PRIMARY KEY REFERENCES providers,
  auto_void boolean NOT NULL DEFAULT false,
  most_bets integer NOT NULL DEFAULT 50 CHECK (most_bets BETWEEN 1 AND 1000),
  -- { "EUR": "500.00", … }: the largest sum of one run. A currency that is not named is left to people.
  most_amounts jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(most_amounts) = 'object'),
  run_every_minutes integer NOT NULL DEFAULT 60 CHECK (run_every_minutes BETWEEN 5 AND 1440),
  -- Claimed by whichever engine comes first, so that the limits of a run hold for the whole house.
  last_run_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE ON stale_policies TO pitboss_app;

-- A run that found stale bets, and what became of them.
CREATE TABLE stale_runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider_id integer NOT NULL REFERENCES providers,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  rule_version smallint NOT NULL,
  found integer NOT NULL CHECK (found > 0),
  -- [{ "currency": "EUR", "amount": "12.00" }, …]
  sums jsonb NOT NULL,
  -- Null where it voided.
  stop text CHECK (stop IN ('AUTO_VOID_OFF', 'TOO_MANY_BETS', 'TOO_MUCH_MONEY')),
  over text,
  voided integer NOT NULL DEFAULT 0,
  refused integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  CHECK (stop IS NULL OR voided = 0)
);
CREATE INDEX stale_runs_provider ON stale_runs (provider_id, id);
GRANT SELECT, INSERT, UPDATE (ended_at, voided, refused, failed) ON stale_runs TO pitboss_app;

-- What the house tells people by itself. One is open for a kind and a subject at a time; it closes when its cause is gone.
CREATE TABLE house_alerts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('STALE_BETS', 'PROVIDER_DOWN', 'RECONCILIATION_DRIFT')),
  subject text NOT NULL,
  data jsonb NOT NULL,
  times integer NOT NULL DEFAULT 1,
  opened_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  acknowledged_by bigint REFERENCES staff,
  acknowledged_at timestamptz,
  closed_at timestamptz,
  CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL))
);
CREATE UNIQUE INDEX house_alerts_open ON house_alerts (kind, subject) WHERE closed_at IS NULL;
GRANT SELECT, INSERT, UPDATE ON house_alerts TO pitboss_app;
