-- Screening of players against lists of sanctions and of politically exposed persons: the lists in all of their versions,
-- the rule that scores are made by, who was screened when, and what came of each hit.

-- The newest row holds.
CREATE TABLE screening_rules (
  version bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  body jsonb NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now(),
  set_by text NOT NULL,
  reason text NOT NULL
);
INSERT INTO screening_rules (body, set_by, reason) VALUES (
  '{"threshold": 850, "penalties": {"country": 50, "birthYear": 200, "birthDay": 80, "surname": 150, "gender": 150}}',
  'job:migration', 'What the house begins with.');

-- A version of a list, as it was imported. The newest of a source is in force.
CREATE TABLE screening_lists (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL CHECK (source IN ('OFAC_SDN', 'UN', 'EU', 'UK', 'PEP', 'HOUSE')),
  -- SHA-256 over the files' own, hex: the same files are no new version.
  checksum text NOT NULL CHECK (checksum ~ '^[0-9a-f]{64}$'),
  -- Name, SHA-256 and size of each; the bytes lie in the object store.
  files jsonb NOT NULL,
  -- The day that the list itself says it is of.
  published_on date,
  entries integer NOT NULL CHECK (entries >= 0),
  persons integer NOT NULL CHECK (persons BETWEEN 0 AND entries),
  added integer NOT NULL,
  changed integer NOT NULL,
  removed integer NOT NULL,
  imported_at timestamptz NOT NULL DEFAULT now(),
  imported_by text NOT NULL,
  reason text NOT NULL
);
CREATE INDEX screening_lists_source ON screening_lists (source, id);

-- An entry in one of its texts: on its list from one version on, until another.
CREATE TABLE screening_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL,
  ref text NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{32}$'),
  body jsonb NOT NULL,
  from_list bigint NOT NULL REFERENCES screening_lists,
  until_list bigint REFERENCES screening_lists,
  CHECK (until_list > from_list)
);
CREATE UNIQUE INDEX screening_entries_current ON screening_entries (source, ref) WHERE until_list IS NULL;
CREATE INDEX screening_entries_ref ON screening_entries (source, ref, id);

-- All players against what has changed, in the background.
CREATE TABLE screening_runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  trigger text NOT NULL CHECK (trigger IN ('LIST', 'RULE', 'MANUAL')),
  state text NOT NULL DEFAULT 'RUNNING' CHECK (state IN ('RUNNING', 'DONE', 'SUPERSEDED')),
  started_at timestamptz NOT NULL DEFAULT now(),
  started_by text NOT NULL,
  done_at timestamptz,
  -- The number of the last player that was looked at, and how many there were when it began.
  cursor bigint NOT NULL DEFAULT 0,
  total integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  opened integer NOT NULL DEFAULT 0,
  reopened integer NOT NULL DEFAULT 0,
  vanished integer NOT NULL DEFAULT 0,
  -- Players whose data could not be read; each is in the log.
  failed integer NOT NULL DEFAULT 0,
  -- No other engine goes on with it before then.
  lease_until timestamptz,
  CHECK ((state = 'RUNNING') = (done_at IS NULL))
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX screening_runs_running ON screening_runs ((true)) WHERE state = 'RUNNING';

-- A player who was looked at for a cause of their own; runs over all players are told by their run.
CREATE TABLE screening_checks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  trigger text NOT NULL CHECK (trigger IN ('VERIFICATION', 'FIRST_PAYOUT', 'MANUAL')),
  at timestamptz NOT NULL DEFAULT now(),
  -- The list in force of each source.
  lists jsonb NOT NULL,
  rule_version bigint NOT NULL REFERENCES screening_rules,
  algorithm smallint NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('CLEAR', 'HIT', 'BLOCKED')),
  matches integer NOT NULL,
  by text NOT NULL
);
CREATE INDEX screening_checks_player ON screening_checks (player_id, id);

CREATE TABLE screening_hits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  source text NOT NULL,
  ref text NOT NULL,
  topic text NOT NULL CHECK (topic IN ('SANCTION', 'PEP')),
  entry_id bigint NOT NULL REFERENCES screening_entries,
  entry_hash text NOT NULL,
  -- A keyed hash of the player's data that were compared.
  subject_hash text NOT NULL,
  score smallint NOT NULL CHECK (score BETWEEN 0 AND 1000),
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'FALSE_POSITIVE', 'TRUE_POSITIVE', 'GONE')),
  rule_version bigint NOT NULL REFERENCES screening_rules,
  algorithm smallint NOT NULL,
  -- What the score was made of: names and dates of the player, sealed under the player's key.
  key_id bigint NOT NULL,
  details bytea NOT NULL,
  found_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  decided_at timestamptz,
  decided_by text,
  reason text,
  -- Until when a dismissal holds.
  expires_at timestamptz,
  UNIQUE (player_id, source, ref),
  CHECK ((state IN ('FALSE_POSITIVE', 'TRUE_POSITIVE')) = (decided_at IS NOT NULL)),
  CHECK ((state = 'FALSE_POSITIVE') = (expires_at IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX screening_hits_state ON screening_hits (state, id);

CREATE TABLE screening_steps (
  hit_id bigint NOT NULL REFERENCES screening_hits,
  number smallint NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  event text NOT NULL,
  to_state text NOT NULL,
  score smallint NOT NULL,
  by text NOT NULL,
  reason text,
  PRIMARY KEY (hit_id, number)
);

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['screening_rules', 'screening_lists', 'screening_checks', 'screening_steps'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['screening_entries', 'screening_runs', 'screening_hits'] LOOP
    EXECUTE format('CREATE TRIGGER no_delete BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
END $$;
GRANT USAGE ON SEQUENCE screening_hits_id_seq TO pitboss_app;
GRANT UPDATE (until_list) ON screening_entries TO pitboss_app;
GRANT UPDATE (state, done_at, cursor, done, opened, reopened, vanished, failed, lease_until) ON screening_runs TO pitboss_app;
GRANT UPDATE (topic, entry_id, entry_hash, subject_hash, score, state, rule_version, algorithm, key_id, details, updated_at,
  decided_at, decided_by, reason, expires_at) ON screening_hits TO pitboss_app;

-- A confirmed hit, the lifting of one, and another rule take a second person.
ALTER TABLE approval_policies DISABLE TRIGGER guard_policy;
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours, most_items, most_amount) VALUES
  ('screening.decision', NULL, 0, 1, 72, NULL, NULL),
  ('screening.rule', NULL, 0, 1, 72, NULL, NULL);
ALTER TABLE approval_policies ENABLE TRIGGER guard_policy;
