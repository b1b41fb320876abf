-- When a round is worth a look, and when it is given up: by provider, because a slot answers in seconds and a bet on a
-- match in days. Two weeks is for a provider that names no time of its own.
ALTER TABLE providers
  ADD COLUMN stuck_after_minutes integer NOT NULL DEFAULT 60,
  ADD COLUMN stale_after_minutes integer NOT NULL DEFAULT 20160,
  ADD CONSTRAINT stuck_before_stale CHECK (stuck_after_minutes >= 10 AND stale_after_minutes > stuck_after_minutes);

-- Bets that were still held when they were ten minutes old. Every bet is looked at once, when it gets there, so that
-- nothing has to be found among all the bets of the house and no bet pays for an index.
CREATE TABLE waiting_bets (
  bet_id bigint PRIMARY KEY,
  noticed_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, DELETE ON waiting_bets TO pitboss_app;

-- One row: every bet below this id has been looked at.
CREATE TABLE bet_sweep (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  swept_to bigint NOT NULL DEFAULT 0
);
INSERT INTO bet_sweep DEFAULT VALUES;
GRANT SELECT, UPDATE (swept_to) ON bet_sweep TO pitboss_app;

-- Late results and tombstones are rare: these hold them alone.
CREATE INDEX bet_transitions_late ON bet_transitions (transaction_id) WHERE late;
CREATE INDEX outbox_tombstones ON outbox (batch) WHERE events @> '[{"type": "bet.tombstoned"}]';
