-- What a game offers and where: none named in `languages` and `jurisdictions` is all of them.
ALTER TABLE games
  ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
  ADD COLUMN devices text[] NOT NULL DEFAULT '{DESKTOP,MOBILE,TABLET}'
    CHECK (devices <> '{}' AND devices <@ '{DESKTOP,MOBILE,TABLET}'),
  ADD COLUMN languages text[] NOT NULL DEFAULT '{}',
  ADD COLUMN banned_countries text[] NOT NULL DEFAULT '{}',
  ADD COLUMN jurisdictions text[] NOT NULL DEFAULT '{}',
  -- [{ "version": "v96", "rtp": "96.50" }, …], [{ "code": …, "name": … }, …]
  ADD COLUMN rtp_versions jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(rtp_versions) = 'array'),
  ADD COLUMN side_bets jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(side_bets) = 'array'),
  -- The provider's own limits, for comparison with the house's: [{ "limit", "currency", "min", "max" }, …]
  ADD COLUMN provider_limits jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(provider_limits) = 'array');

-- When a game, or all of a provider's, takes no bets. What was staked before is settled all the same.
CREATE TABLE maintenance_windows (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider_id integer REFERENCES providers,
  game_id integer REFERENCES games,
  from_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL,
  reason text NOT NULL,
  created_by bigint NOT NULL REFERENCES staff,
  created_at timestamptz NOT NULL DEFAULT now(),
  cancelled_at timestamptz,
  CHECK (num_nonnulls(provider_id, game_id) = 1),
  CHECK (until_at > from_at)
);
CREATE INDEX maintenance_windows_open ON maintenance_windows (until_at) WHERE cancelled_at IS NULL;
GRANT SELECT, INSERT, UPDATE (cancelled_at) ON maintenance_windows TO pitboss_app;
