-- Registers of self-excluded people: every answer that they gave, and by which answer each player stands now.

CREATE TABLE register_checks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  register text NOT NULL,
  -- Null where no account came of it.
  player_id bigint REFERENCES players,
  occasion text NOT NULL CHECK (occasion IN ('REGISTRATION', 'SIGN_IN', 'PLAY', 'BATCH')),
  outcome text NOT NULL CHECK (outcome IN ('CLEAR', 'EXCLUDED', 'DOWN')),
  allowed boolean NOT NULL,
  -- The register's own name of its answer.
  reference text,
  pack text NOT NULL,
  pack_version integer NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX register_checks_player ON register_checks (player_id, id) WHERE player_id IS NOT NULL;

CREATE TABLE register_standings (
  player_id bigint NOT NULL REFERENCES players,
  register text NOT NULL,
  -- When it last said that the player is not in it.
  clear_at timestamptz,
  -- When it is asked again by ourselves.
  ask_at timestamptz,
  PRIMARY KEY (player_id, register)
) WITH (fillfactor = 80);
CREATE INDEX register_standings_ask ON register_standings (register, ask_at) WHERE ask_at IS NOT NULL;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON register_checks FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON register_checks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON register_standings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON register_standings FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON register_checks, register_standings TO pitboss_app;
GRANT UPDATE (clear_at, ask_at) ON register_standings TO pitboss_app;

-- The registers that the house's own first packs ask for, as their next versions.
ALTER TABLE jurisdiction_packs DISABLE TRIGGER guard_rules;
INSERT INTO jurisdiction_packs (code, version, effective_from, countries, rules)
SELECT p.code, p.version + 1, now(), p.countries, p.rules || jsonb_build_object('exclusionRegister', r.rules)
  FROM (SELECT DISTINCT ON (code) * FROM jurisdiction_packs ORDER BY code, version DESC) p
  JOIN (VALUES
    ('UK', '{"code": "gamstop", "askAt": ["REGISTRATION", "SIGN_IN", "PLAY"], "freshMinutes": 1440, "whenDown": "REFUSE"}'::jsonb),
    ('DE', '{"code": "oasis", "askAt": ["REGISTRATION", "SIGN_IN", "PLAY"], "freshMinutes": 240, "whenDown": "REFUSE"}'::jsonb)
  ) AS r (code, rules) ON r.code = p.code;
ALTER TABLE jurisdiction_packs ENABLE TRIGGER guard_rules;
