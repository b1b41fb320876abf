-- Free spins that the house issues with a provider: each is written down before the provider hears of it, and what is won
-- in it is paid once, in the transaction that says so.

-- The table of states, the same as in packages/domain/src/gaming/free-spins (a test compares).
CREATE TABLE free_spin_transitions (
  from_state text NOT NULL,
  event text NOT NULL,
  to_state text NOT NULL,
  PRIMARY KEY (from_state, event)
);
INSERT INTO free_spin_transitions VALUES
  ('REQUESTED', 'send', 'SENT'),
  ('SENT', 'confirm', 'ISSUED'), ('SENT', 'refuse', 'FAILED'), ('SENT', 'lose', 'UNKNOWN'), ('SENT', 'start', 'ACTIVE'),
  ('UNKNOWN', 'confirm', 'ISSUED'), ('UNKNOWN', 'refuse', 'FAILED'), ('UNKNOWN', 'resend', 'SENT'), ('UNKNOWN', 'start', 'ACTIVE'),
  ('ISSUED', 'start', 'ACTIVE'), ('ISSUED', 'recall', 'RECALLING'),
  ('ACTIVE', 'recall', 'RECALLING'),
  ('RECALLING', 'keep', 'ACTIVE');
-- What the provider says of the end holds from wherever it comes.
INSERT INTO free_spin_transitions
SELECT s, e.event, e.to_state
  FROM unnest(ARRAY['SENT', 'UNKNOWN', 'ISSUED', 'ACTIVE', 'RECALLING', 'CANCELLED', 'EXPIRED', 'FAILED']) AS s,
       (VALUES ('play', 'PLAYED'), ('expire', 'EXPIRED'), ('cancel', 'CANCELLED')) AS e (event, to_state);

CREATE TABLE free_spin_issues (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider_id integer NOT NULL REFERENCES providers,
  player_id bigint NOT NULL REFERENCES players,
  currency smallint NOT NULL,
  -- Codes of the provider's games in which they can be played.
  games text[] NOT NULL CHECK (cardinality(games) BETWEEN 1 AND 20),
  spins integer NOT NULL CHECK (spins > 0),
  -- Which of the game's stakes a spin has; the provider's own choice where it is null.
  bet_level integer CHECK (bet_level > 0),
  valid_until timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'REQUESTED',
  -- What was won in all, minor units, once the provider has said.
  won bigint CHECK (won >= 0),
  request_key uuid NOT NULL UNIQUE,
  request_id text NOT NULL,
  body_hash bigint NOT NULL,
  actor text NOT NULL,
  reason text NOT NULL,
  -- Why the provider did not issue it, or did not cancel it: reason, and its own code and message.
  failure jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  last_sent_at timestamptz,
  sends integer NOT NULL DEFAULT 0,
  recall_sent_at timestamptz,
  -- When the worker looks at it next; null where nothing more is expected.
  work_at timestamptz DEFAULT now(),
  worked integer NOT NULL DEFAULT 0,
  CONSTRAINT played_has_won CHECK (state <> 'PLAYED' OR won IS NOT NULL),
  CONSTRAINT won_is_over CHECK (won IS NULL OR state IN ('PLAYED', 'CANCELLED', 'EXPIRED')),
  CONSTRAINT over_is_not_worked CHECK ((state IN ('PLAYED', 'CANCELLED', 'EXPIRED', 'FAILED')) = (work_at IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX free_spin_issues_work ON free_spin_issues (work_at) WHERE work_at IS NOT NULL;
CREATE INDEX free_spin_issues_provider ON free_spin_issues (provider_id, id);
CREATE INDEX free_spin_issues_player ON free_spin_issues (player_id, id);

CREATE TABLE free_spin_steps (
  issue_id bigint NOT NULL REFERENCES free_spin_issues,
  number integer NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  event text NOT NULL,
  from_state text,
  to_state text NOT NULL,
  actor text NOT NULL,
  details jsonb,
  PRIMARY KEY (issue_id, number)
);

CREATE FUNCTION begin_free_spins() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO free_spin_steps (issue_id, number, event, to_state, actor, details)
  VALUES (NEW.id, 1, 'request', NEW.state, NEW.actor, jsonb_build_object('reason', NEW.reason));
  RETURN NULL;
END $$;
CREATE TRIGGER begin_free_spins AFTER INSERT ON free_spin_issues FOR EACH ROW EXECUTE FUNCTION begin_free_spins();

-- The one way in which an issue gets on. PB001 where it is no longer where the caller saw it. What was won is said once,
-- and above zero only in the transaction of the payout that `money_key` stands for.
CREATE FUNCTION move_free_spins(
  issue bigint, seen text, event text, actor text, details jsonb, change jsonb, money_key uuid
) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  next_state text;
  won_now bigint := (change->>'won')::bigint;
  owner bigint;
BEGIN
  SELECT t.to_state INTO next_state FROM free_spin_transitions t WHERE t.from_state = seen AND t.event = event;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'free spins that are % take no %', seen, event USING ERRCODE = 'check_violation';
  END IF;
  UPDATE free_spin_issues f
     SET state = next_state,
         updated_at = clock_timestamp(),
         won = coalesce(won_now, f.won),
         failure = CASE WHEN change ? 'failure' THEN change->'failure' ELSE f.failure END,
         work_at = CASE WHEN next_state IN ('PLAYED', 'CANCELLED', 'EXPIRED', 'FAILED') THEN NULL
                        ELSE coalesce((change->>'work_at')::timestamptz, clock_timestamp()) END,
         worked = CASE WHEN next_state = seen THEN f.worked ELSE 0 END,
         sends = f.sends + CASE WHEN next_state = 'SENT' THEN 1 ELSE 0 END,
         last_sent_at = CASE WHEN next_state = 'SENT' THEN clock_timestamp() ELSE f.last_sent_at END,
         recall_sent_at = CASE WHEN event = 'recall' THEN NULL ELSE f.recall_sent_at END
   WHERE f.id = issue AND f.state = seen AND f.won IS NULL
  RETURNING f.player_id INTO owner;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'free spins % are no longer %', issue, seen USING ERRCODE = 'PB001';
  END IF;
  IF won_now > 0 AND NOT EXISTS (
    SELECT FROM requests r JOIN transactions t ON t.id = r.ref JOIN postings p ON p.transaction_id = t.id
      JOIN wallets w ON w.id = p.wallet_id
     WHERE r.key = money_key AND w.player_id = owner AND p.available = won_now) THEN
    RAISE EXCEPTION 'free spins % won % that was not paid', issue, won_now USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO free_spin_steps (issue_id, number, event, from_state, to_state, actor, details)
  SELECT issue, max(s.number) + 1, event, seen, next_state, actor, details
    FROM free_spin_steps s WHERE s.issue_id = issue;
END $$;

-- What is on its way to or from a game bank for too long is told to people.
ALTER TABLE house_alerts DROP CONSTRAINT house_alerts_kind_check;
ALTER TABLE house_alerts ADD CONSTRAINT house_alerts_kind_check
  CHECK (kind IN ('STALE_BETS', 'PROVIDER_DOWN', 'RECONCILIATION_DRIFT', 'TRANSFERS_UNKNOWN'));

-- A provider's address for free spins is one that the house's money depends on, as that of a game bank is.
CREATE OR REPLACE FUNCTION guard_provider_policy() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  old jsonb;
  field text;
  was jsonb;
  now_is jsonb;
BEGIN
  SELECT policy INTO old FROM provider_policies
   WHERE provider_id = NEW.provider_id AND version = NEW.version - 1;
  IF old IS NULL OR NEW.actor LIKE 'job:%' THEN RETURN NEW; END IF;
  FOREACH field IN ARRAY ARRAY['settledRollback', 'currencies', 'betMax', 'gameBank', 'freeSpins'] LOOP
    was := coalesce(old -> field, 'null');
    now_is := coalesce(NEW.policy -> field, 'null');
    -- When people are told moves no money, and versions before this one do not say it.
    IF jsonb_typeof(was) = 'object' THEN was := was - 'alertMinutes'; END IF;
    IF jsonb_typeof(now_is) = 'object' THEN now_is := now_is - 'alertMinutes'; END IF;
    IF was <> now_is AND NOT EXISTS (
      SELECT FROM approvals WHERE id = NEW.approval_id AND kind = 'provider.policy' AND status IN ('APPROVED', 'APPLIED')
    ) THEN
      RAISE EXCEPTION '% of a provider changes under four eyes', field USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;

DO $$
BEGIN
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON free_spin_steps FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER no_truncate BEFORE TRUNCATE ON free_spin_steps FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER no_delete BEFORE DELETE ON free_spin_issues FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER no_truncate BEFORE TRUNCATE ON free_spin_issues FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
END $$;
GRANT SELECT ON free_spin_transitions TO pitboss_app;
GRANT SELECT, INSERT ON free_spin_steps TO pitboss_app;
GRANT SELECT, INSERT, UPDATE ON free_spin_issues TO pitboss_app;
GRANT EXECUTE ON FUNCTION move_free_spins(bigint, text, text, text, jsonb, jsonb, uuid) TO pitboss_app;
