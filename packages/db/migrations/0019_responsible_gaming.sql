-- Responsible gaming: what jurisdictions ask for, the house's limit profiles, players' own limits and exclusions, and the
-- narrow row that the gate on the way of a bet reads and writes.

-- What a jurisdiction asks for, by version; the newest one in force holds. Countries that no pack names fall to DEFAULT.
CREATE TABLE jurisdiction_packs (
  code text NOT NULL CHECK (code ~ '^[A-Z][A-Z0-9_]{1,15}$'),
  version integer NOT NULL CHECK (version > 0),
  effective_from timestamptz NOT NULL,
  countries text[] NOT NULL,
  rules jsonb NOT NULL,
  -- The proposal that brought it; null on those that the house began with.
  approval_id bigint REFERENCES approvals,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (code, version),
  CHECK ((code = 'DEFAULT') = (cardinality(countries) = 0))
);

-- The house's own bounds, by profile and version: rows as `packages/domain/src/risk/limit-profile.ts` has them.
CREATE TABLE limit_profiles (
  profile text NOT NULL CHECK (profile IN ('DEFAULT', 'VIP_A', 'VIP_B', 'ULTRA')),
  version integer NOT NULL CHECK (version > 0),
  effective_from timestamptz NOT NULL,
  rows jsonb NOT NULL,
  approval_id bigint REFERENCES approvals,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (profile, version)
);

-- What the gate knows of a player who has anything; whoever has no row has the defaults. It is written under the lock of
-- the player's row alone, by the door and by what changes limits and exclusions.
CREATE TABLE player_gates (
  player_id bigint PRIMARY KEY REFERENCES players,
  block_until timestamptz,
  young_until timestamptz,
  block_kind text CHECK (block_kind IN ('SELF_EXCLUSION', 'REGISTER', 'TIME_OUT', 'PANIC')),
  profile text NOT NULL DEFAULT 'DEFAULT' CHECK (profile IN ('DEFAULT', 'VIP_A', 'VIP_B', 'ULTRA')),
  reality_check_minutes integer CHECK (reality_check_minutes BETWEEN 1 AND 1440),
  -- { limits: [{ kind, period, window, zone, currency, amount, counts }], clock }
  play jsonb NOT NULL DEFAULT '{"limits": [], "clock": null}',
  CHECK (block_kind IS NOT NULL OR block_until IS NULL)
) WITH (fillfactor = 70);
GRANT SELECT, INSERT, UPDATE ON player_gates TO pitboss_app;

-- Limits that players asked for, each with what became of it.
CREATE TABLE player_limits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  kind text NOT NULL CHECK (kind IN ('DEPOSIT', 'LOSS', 'WAGER', 'SESSION')),
  period text NOT NULL CHECK (period IN ('DAY', 'WEEK', 'MONTH')),
  currency text CHECK (currency ~ '^[A-Z]{3,4}$'),
  -- Minor units, or minutes; null is no limit any more.
  amount bigint CHECK (amount >= 0),
  state text NOT NULL CHECK (state IN ('PENDING', 'READY', 'CONFIRMED', 'LAPSED', 'WITHDRAWN', 'REPLACED')),
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now(),
  -- When a looser limit may be confirmed, and until when; null on one that held at once.
  ready_at timestamptz,
  lapses_at timestamptz,
  decided_at timestamptz,
  CHECK ((kind = 'SESSION') = (currency IS NULL)),
  CHECK ((ready_at IS NULL) = (lapses_at IS NULL)),
  CHECK (ready_at IS NOT NULL OR state IN ('CONFIRMED', 'REPLACED'))
);
CREATE UNIQUE INDEX player_limits_held ON player_limits (player_id, kind, period, currency) NULLS NOT DISTINCT
  WHERE state = 'CONFIRMED';
CREATE UNIQUE INDEX player_limits_waiting ON player_limits (player_id, kind, period, currency) NULLS NOT DISTINCT
  WHERE state IN ('PENDING', 'READY');
CREATE INDEX player_limits_player ON player_limits (player_id, id);
CREATE INDEX player_limits_due ON player_limits (ready_at) WHERE state IN ('PENDING', 'READY');

CREATE TABLE player_exclusions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  kind text NOT NULL CHECK (kind IN ('SELF_EXCLUSION', 'REGISTER', 'TIME_OUT', 'PANIC')),
  state text NOT NULL DEFAULT 'ACTIVE'
    CHECK (state IN ('ACTIVE', 'TERM_ENDED', 'REACTIVATION_REQUESTED', 'COOLING_OFF', 'LIFTED')),
  starts_at timestamptz NOT NULL DEFAULT now(),
  -- Null is without an end.
  ends_at timestamptz,
  requested_by text NOT NULL,
  reason text,
  -- The exclusion of another account of the same person that brought this one.
  came_from bigint REFERENCES player_exclusions,
  reactivation_asked_at timestamptz,
  reactivation_reason text,
  lifts_at timestamptz,
  CHECK ((state = 'COOLING_OFF') <= (lifts_at IS NOT NULL))
);
CREATE INDEX player_exclusions_player ON player_exclusions (player_id, id);
CREATE INDEX player_exclusions_asked ON player_exclusions (reactivation_asked_at) WHERE state = 'REACTIVATION_REQUESTED';
CREATE INDEX player_exclusions_open ON player_exclusions (ends_at) WHERE state <> 'LIFTED';

-- What was said and done about a player's play, by people and by the house's own rules.
CREATE TABLE rg_interactions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL,
  actor text NOT NULL,
  note text,
  details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX rg_interactions_player ON rg_interactions (player_id, id);
CREATE INDEX rg_interactions_kind ON rg_interactions (kind, id);

-- Nobody can shorten a clock: not the player, not support, not a bug. What was asked for stays as it was; only its state
-- goes on, and time-bound states only when their time has come.
CREATE FUNCTION guard_player_limit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.player_id, NEW.kind, NEW.period, NEW.currency, NEW.amount, NEW.requested_by, NEW.requested_at, NEW.ready_at, NEW.lapses_at)
     IS DISTINCT FROM
     (OLD.player_id, OLD.kind, OLD.period, OLD.currency, OLD.amount, OLD.requested_by, OLD.requested_at, OLD.ready_at, OLD.lapses_at) THEN
    RAISE EXCEPTION 'a limit that was asked for is not changed; it is asked for anew' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state = NEW.state THEN RETURN NEW; END IF;
  IF (OLD.state IN ('PENDING', 'READY') AND NEW.state IN ('WITHDRAWN', 'REPLACED'))
     OR (OLD.state = 'CONFIRMED' AND NEW.state = 'REPLACED')
     OR (OLD.state = 'PENDING' AND NEW.state = 'READY' AND OLD.ready_at <= clock_timestamp())
     OR (OLD.state IN ('PENDING', 'READY') AND NEW.state = 'LAPSED' AND OLD.lapses_at <= clock_timestamp())
     OR (OLD.state IN ('PENDING', 'READY') AND NEW.state = 'CONFIRMED'
         AND OLD.ready_at <= clock_timestamp() AND clock_timestamp() < OLD.lapses_at) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a limit does not go from % to % now', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard_player_limit BEFORE UPDATE ON player_limits FOR EACH ROW EXECUTE FUNCTION guard_player_limit();

CREATE FUNCTION guard_player_exclusion() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.player_id, NEW.kind, NEW.starts_at, NEW.requested_by) IS DISTINCT FROM
     (OLD.player_id, OLD.kind, OLD.starts_at, OLD.requested_by)
     OR (OLD.ends_at IS NULL AND NEW.ends_at IS NOT NULL) OR NEW.ends_at < OLD.ends_at
     OR (OLD.state = 'COOLING_OFF' AND (NEW.lifts_at IS NULL OR NEW.lifts_at < OLD.lifts_at)) THEN
    RAISE EXCEPTION 'an exclusion can be made longer and not shorter' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state = NEW.state THEN RETURN NEW; END IF;
  IF (OLD.state = 'ACTIVE' AND NEW.state = 'TERM_ENDED' AND OLD.ends_at <= clock_timestamp())
     OR (OLD.state = 'ACTIVE' AND NEW.state = 'LIFTED' AND OLD.kind IN ('TIME_OUT', 'PANIC') AND OLD.ends_at <= clock_timestamp())
     OR (OLD.kind = 'SELF_EXCLUSION' AND NEW.state = 'REACTIVATION_REQUESTED'
         AND OLD.state IN ('ACTIVE', 'TERM_ENDED') AND coalesce(OLD.ends_at, '-infinity') <= clock_timestamp())
     OR (OLD.state = 'REACTIVATION_REQUESTED' AND NEW.state = 'TERM_ENDED' AND OLD.ends_at <= clock_timestamp())
     OR (OLD.state = 'REACTIVATION_REQUESTED' AND NEW.state = 'ACTIVE' AND OLD.ends_at IS NULL)
     OR (OLD.state = 'REACTIVATION_REQUESTED' AND NEW.state = 'COOLING_OFF' AND NEW.lifts_at > clock_timestamp())
     OR (OLD.state = 'COOLING_OFF' AND NEW.state = 'LIFTED' AND OLD.lifts_at <= clock_timestamp()) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an exclusion does not go from % to % now', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard_player_exclusion BEFORE UPDATE ON player_exclusions FOR EACH ROW EXECUTE FUNCTION guard_player_exclusion();

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['jurisdiction_packs', 'limit_profiles', 'rg_interactions'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['player_limits', 'player_exclusions'] LOOP
    EXECUTE format('CREATE TRIGGER no_delete BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
END $$;
GRANT UPDATE (state, decided_at) ON player_limits TO pitboss_app;
GRANT UPDATE (state, ends_at, reactivation_asked_at, reactivation_reason, lifts_at) ON player_exclusions TO pitboss_app;

-- What each jurisdiction asks for today. The sources stand in docs/responsible-gaming.md.
INSERT INTO jurisdiction_packs (code, version, effective_from, countries, rules) VALUES
('DEFAULT', 1, TIMESTAMPTZ '2025-01-01 00:00:00+00', '{}', '{
  "zone": "UTC", "window": "ROLLING",
  "kyc": {"play": 0, "deposit": 0, "caps": [{"upToLevel": 1, "amount": "2000.00", "currency": "EUR", "days": 180}]},
  "limits": [], "increaseHours": 24, "confirmHours": 168, "stakes": [], "speed": [], "breaks": null,
  "realityCheckMinutes": null, "sessionGapMinutes": 30,
  "geo": {"elsewhere": "ALLOW", "blocked": ["KP", "IR", "US"], "proxies": "ALLOW"}, "bannedProviders": [],
  "exclusion": {"minDays": 180, "coolDefiniteHours": 24, "coolIndefiniteHours": 168, "timeOutMinHours": 24, "timeOutMaxDays": 42, "panicHours": 24}}'),
('MT', 1, TIMESTAMPTZ '2025-01-01 00:00:00+00', '{MT}', '{
  "zone": "Europe/Malta", "window": "CALENDAR",
  "kyc": {"play": 0, "deposit": 0, "caps": [{"upToLevel": 1, "amount": "2000.00", "currency": "EUR", "days": 180}]},
  "limits": [], "increaseHours": 24, "confirmHours": 168, "stakes": [], "speed": [], "breaks": null,
  "realityCheckMinutes": null, "sessionGapMinutes": 30,
  "geo": {"elsewhere": "ALLOW", "blocked": ["KP", "IR", "US"], "proxies": "ALLOW"}, "bannedProviders": [],
  "exclusion": {"minDays": 1, "coolDefiniteHours": 24, "coolIndefiniteHours": 168, "timeOutMinHours": 24, "timeOutMaxDays": 30, "panicHours": 24}}'),
('UK', 1, TIMESTAMPTZ '2025-01-01 00:00:00+00', '{GB}', '{
  "zone": "Europe/London", "window": "ROLLING",
  "kyc": {"play": 1, "deposit": 1, "caps": []},
  "limits": [], "increaseHours": 24, "confirmHours": 168,
  "stakes": [{"category": "slots", "youngOnly": false, "max": {"GBP": "5.00", "EUR": "5.00", "USD": "5.00"}},
             {"category": "slots", "youngOnly": true, "max": {"GBP": "2.00", "EUR": "2.00", "USD": "2.00"}}],
  "speed": [{"category": "slots", "seconds": 2.5}, {"category": "table", "seconds": 5}], "breaks": null,
  "realityCheckMinutes": null, "sessionGapMinutes": 30,
  "geo": {"elsewhere": "ALLOW", "blocked": ["KP", "IR", "US"], "proxies": "REFUSE"}, "bannedProviders": [],
  "exclusion": {"minDays": 180, "coolDefiniteHours": 24, "coolIndefiniteHours": 24, "timeOutMinHours": 24, "timeOutMaxDays": 42, "panicHours": 24}}'),
('DE', 1, TIMESTAMPTZ '2025-01-01 00:00:00+00', '{DE}', '{
  "zone": "Europe/Berlin", "window": "CALENDAR",
  "kyc": {"play": 1, "deposit": 1, "caps": []},
  "limits": [{"kind": "DEPOSIT", "period": "MONTH", "amount": "1000.00", "currency": "EUR"}],
  "increaseHours": 168, "confirmHours": 168,
  "stakes": [{"category": "slots", "youngOnly": false, "max": {"EUR": "1.00", "USD": "1.00", "GBP": "0.80"}}],
  "speed": [{"category": "slots", "seconds": 5}], "breaks": {"afterMinutes": 60, "minutes": 5},
  "realityCheckMinutes": 60, "sessionGapMinutes": 30,
  "geo": {"elsewhere": "REFUSE", "blocked": ["KP", "IR", "US"], "proxies": "REFUSE"}, "bannedProviders": [],
  "exclusion": {"minDays": 90, "coolDefiniteHours": 24, "coolIndefiniteHours": 168, "timeOutMinHours": 24, "timeOutMaxDays": 30, "panicHours": 24}}');

INSERT INTO limit_profiles (profile, version, effective_from, rows)
SELECT profile, 1, TIMESTAMPTZ '2025-01-01 00:00:00+00', jsonb_agg(jsonb_build_object(
         'measure', measure, 'currency', currency, 'amount', (euros * units)::text,
         'country', NULL, 'playerId', NULL, 'category', NULL, 'game', NULL) ORDER BY measure, currency)
  FROM (VALUES ('EUR', 1), ('USD', 1), ('GBP', 1), ('CHF', 1), ('CAD', 1), ('SEK', 10), ('NOK', 10), ('DKK', 10), ('JPY', 150))
         AS money (currency, units),
       (VALUES ('DEFAULT', 'betMax', 5000), ('DEFAULT', 'depositMax', 20000), ('DEFAULT', 'depositMonth', 50000),
               ('DEFAULT', 'withdrawalMax', 20000), ('DEFAULT', 'withdrawalMonth', 100000),
               ('VIP_A', 'betMax', 10000), ('VIP_A', 'depositMax', 50000), ('VIP_A', 'withdrawalMax', 50000),
               ('VIP_B', 'betMax', 25000), ('VIP_B', 'depositMax', 100000), ('VIP_B', 'withdrawalMax', 100000),
               ('ULTRA', 'betMax', 100000), ('ULTRA', 'depositMax', 500000), ('ULTRA', 'withdrawalMax', 500000))
         AS bound (profile, measure, euros)
 GROUP BY profile;

-- Rules change under four eyes alone; the versions above are what the house begins with.
CREATE FUNCTION guard_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM approvals WHERE id = NEW.approval_id AND kind = TG_ARGV[0] AND status IN ('APPROVED', 'APPLIED')) THEN
    RAISE EXCEPTION '% changes under four eyes', TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_rules BEFORE INSERT ON jurisdiction_packs FOR EACH ROW EXECUTE FUNCTION guard_rules('jurisdiction.pack');
CREATE TRIGGER guard_rules BEFORE INSERT ON limit_profiles FOR EACH ROW EXECUTE FUNCTION guard_rules('limit.profile');

ALTER TABLE approval_policies DISABLE TRIGGER guard_policy;
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours) VALUES
  ('jurisdiction.pack', NULL, 0, 1, 168),
  ('limit.profile', NULL, 0, 1, 168);
ALTER TABLE approval_policies ENABLE TRIGGER guard_policy;
