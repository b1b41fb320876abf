-- What the house has verified of a player. The level stands in the player's row, which the door locks and reads for each
-- bet; what only cases and payouts ask of stands beside it.
ALTER TABLE players
  ADD COLUMN kyc_level smallint NOT NULL DEFAULT 0 CHECK (kyc_level BETWEEN 0 AND 3);

CREATE TABLE player_standings (
  player_id bigint PRIMARY KEY REFERENCES players,
  screening text NOT NULL DEFAULT 'NEVER' CHECK (screening IN ('NEVER', 'CLEAR', 'HIT', 'BLOCKED')),
  screened_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((screening = 'NEVER') = (screened_at IS NULL))
);
GRANT SELECT, INSERT, UPDATE ON player_standings TO pitboss_app;
