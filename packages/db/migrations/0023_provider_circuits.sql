-- What a provider's calls were like, in slots of ten seconds; written in sums, off the way of bets, by every engine.
CREATE TABLE provider_call_slots (
  provider_id integer NOT NULL REFERENCES providers,
  slot timestamptz NOT NULL,
  -- Those that were proven to be the provider's; the kinds below are parts of them.
  calls bigint NOT NULL CHECK (calls >= 0),
  refused bigint NOT NULL,
  faulty bigint NOT NULL,
  house bigint NOT NULL,
  slow bigint NOT NULL,
  -- Calls that nobody proved to be the provider's, on top.
  strangers bigint NOT NULL,
  -- How many answers took how long, in the buckets of whoever counted.
  latency bigint[] NOT NULL,
  PRIMARY KEY (provider_id, slot)
);
CREATE INDEX provider_call_slots_slot ON provider_call_slots (slot);
GRANT SELECT, INSERT, UPDATE, DELETE ON provider_call_slots TO pitboss_app;

-- The circuit of each provider that speaks a dialect. While it is open the lobby marks its games; bets are taken.
CREATE TABLE provider_circuits (
  provider_id integer PRIMARY KEY REFERENCES providers,
  state text NOT NULL DEFAULT 'CLOSED' CHECK (state IN ('CLOSED', 'OPEN', 'PROBATION')),
  since timestamptz NOT NULL,
  trips integer NOT NULL DEFAULT 0 CHECK (trips >= 0),
  why jsonb
);
GRANT SELECT, INSERT, UPDATE ON provider_circuits TO pitboss_app;

CREATE TABLE provider_circuit_steps (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider_id integer NOT NULL REFERENCES providers,
  from_state text NOT NULL,
  to_state text NOT NULL,
  why jsonb,
  policy_version integer NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX provider_circuit_steps_provider ON provider_circuit_steps (provider_id, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON provider_circuit_steps FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON provider_circuit_steps FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON provider_circuit_steps TO pitboss_app;
