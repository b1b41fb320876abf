-- Experiments with the order of the lobby. What is compared is fixed when an experiment starts: a variant that changed on
-- the way would make the figures of before and after one. At most one is under way, since two orders can't both be shown.
CREATE TABLE lobby_experiments (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
  name text NOT NULL CHECK (name <> ''),
  variants jsonb NOT NULL CHECK (jsonb_typeof(variants) = 'array' AND jsonb_array_length(variants) BETWEEN 2 AND 6),
  started_by bigint NOT NULL REFERENCES staff (id),
  started_at timestamptz NOT NULL,
  stopped_at timestamptz,
  CHECK (stopped_at >= started_at)
);
CREATE UNIQUE INDEX lobby_experiments_running ON lobby_experiments ((true)) WHERE stopped_at IS NULL;

-- The first time that a player saw their variant; what they do before it says nothing of the variant.
CREATE TABLE lobby_exposures (
  experiment_id integer NOT NULL REFERENCES lobby_experiments (id),
  player_id bigint NOT NULL REFERENCES players (id),
  variant text NOT NULL,
  exposed_at timestamptz NOT NULL,
  PRIMARY KEY (experiment_id, player_id)
);

GRANT SELECT, INSERT, UPDATE (stopped_at) ON lobby_experiments TO pitboss_app;
GRANT SELECT, INSERT ON lobby_exposures TO pitboss_app;
