-- Several providers for a deposit: which is asked by which rule, what came of each, and how well each of them is.

-- A rule is its newest row that is in force; a row without providers retires it. Amounts are minor units of the currency.
CREATE TABLE routing_rules (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9-]{1,59}$'),
  effective_from timestamptz NOT NULL,
  priority integer NOT NULL CHECK (priority BETWEEN 1 AND 10000),
  method text NOT NULL CHECK (method IN ('CARD')),
  country text CHECK (country ~ '^[A-Z]{2}$'),
  currency text CHECK (currency ~ '^[A-Z]{3,4}$'),
  min_amount bigint CHECK (min_amount > 0),
  max_amount bigint CHECK (max_amount > 0),
  psps text[] NOT NULL,
  reason text NOT NULL,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (currency IS NOT NULL OR (min_amount IS NULL AND max_amount IS NULL)),
  CHECK (max_amount >= min_amount)
);
CREATE INDEX routing_rules_name ON routing_rules (name, effective_from, id);

-- Whether a provider gets new payments; the newest row holds, and a provider without one does.
CREATE TABLE psp_controls (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  psp text NOT NULL,
  paused boolean NOT NULL,
  reason text NOT NULL,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX psp_controls_psp ON psp_controls (psp, id);

-- Every change of a breaker, by the engine whose breaker it is.
CREATE TABLE psp_breaker_steps (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  psp text NOT NULL,
  engine text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL CHECK (to_state IN ('CLOSED', 'OPEN', 'HALF_OPEN')),
  why text,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX psp_breaker_steps_psp ON psp_breaker_steps (psp, id);

-- How calls to a provider ended, by minute, of all engines together. `latency` counts answers by how long they took, in
-- the buckets of the code.
CREATE TABLE psp_minutes (
  psp text NOT NULL,
  minute timestamptz NOT NULL,
  answered bigint NOT NULL,
  refused bigint NOT NULL,
  unanswered bigint NOT NULL,
  unsent bigint NOT NULL,
  latency bigint[] NOT NULL,
  PRIMARY KEY (psp, minute)
) WITH (fillfactor = 80);

-- The providers of a deposit in the order in which they may be asked. PLANNED: nothing was sent. SENT: something may have
-- arrived. UNSENT and REFUSED: the provider surely has no payment of it.
CREATE TABLE deposit_attempts (
  deposit_id bigint NOT NULL REFERENCES deposits,
  position smallint NOT NULL CHECK (position > 0),
  psp text NOT NULL,
  instrument_id bigint NOT NULL REFERENCES instruments,
  -- The rule that chose it; null where it was the house's own order.
  rule text,
  outcome text NOT NULL DEFAULT 'PLANNED' CHECK (outcome IN ('PLANNED', 'SENT', 'UNSENT', 'REFUSED')),
  sends integer NOT NULL DEFAULT 0,
  why text,
  at timestamptz,
  PRIMARY KEY (deposit_id, position),
  UNIQUE (deposit_id, psp)
) WITH (fillfactor = 80);

INSERT INTO deposit_attempts (deposit_id, position, psp, instrument_id, outcome, sends, at)
SELECT id, 1, psp, instrument_id, 'SENT', 1, created_at FROM deposits;

-- Never a second charge: a deposit goes to another provider only where the one that it was with surely has no payment of it.
CREATE FUNCTION guard_deposit_psp() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.psp = OLD.psp AND NEW.instrument_id = OLD.instrument_id THEN RETURN NEW; END IF;
  IF OLD.state <> 'INITIATED' OR OLD.psp_reference IS NOT NULL OR EXISTS (
       SELECT FROM deposit_attempts a WHERE a.deposit_id = OLD.id AND a.outcome = 'SENT')
     OR NOT EXISTS (SELECT FROM deposit_attempts a
                     WHERE a.deposit_id = OLD.id AND a.psp = OLD.psp AND a.outcome IN ('UNSENT', 'REFUSED'))
     OR NOT EXISTS (SELECT FROM deposit_attempts a
                     WHERE a.deposit_id = OLD.id AND a.psp = NEW.psp AND a.instrument_id = NEW.instrument_id
                       AND a.outcome = 'PLANNED') THEN
    RAISE EXCEPTION 'deposit % may have been taken by %', OLD.id, OLD.psp USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_deposit_psp BEFORE UPDATE OF psp, instrument_id ON deposits
  FOR EACH ROW EXECUTE FUNCTION guard_deposit_psp();
GRANT UPDATE (psp, instrument_id) ON deposits TO pitboss_app;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['routing_rules', 'psp_controls', 'psp_breaker_steps'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
  CREATE TRIGGER no_delete BEFORE DELETE ON deposit_attempts FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER no_truncate BEFORE TRUNCATE ON deposit_attempts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  GRANT SELECT, INSERT, UPDATE (outcome, sends, why, at) ON deposit_attempts TO pitboss_app;
  GRANT SELECT, INSERT, UPDATE ON psp_minutes TO pitboss_app;
END $$;
