-- Deposits by card: instruments as tokens, deposits with every step that they took, and what providers told us, raw.

-- What a deposit must keep to before a player's own limits are asked. The newest row of a method and currency that is in
-- force holds; a pair without one is not offered. Amounts are minor units of the currency.
CREATE TABLE deposit_rules (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  method text NOT NULL CHECK (method IN ('CARD')),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3,4}$'),
  effective_from timestamptz NOT NULL,
  min_amount bigint NOT NULL CHECK (min_amount > 0),
  max_amount bigint NOT NULL,
  most_an_hour integer NOT NULL CHECK (most_an_hour > 0),
  open_minutes integer NOT NULL CHECK (open_minutes BETWEEN 1 AND 10080),
  CHECK (max_amount >= min_amount)
);
CREATE INDEX deposit_rules_pair ON deposit_rules (method, currency, effective_from);
INSERT INTO deposit_rules (method, currency, effective_from, min_amount, max_amount, most_an_hour, open_minutes)
SELECT 'CARD', currency, TIMESTAMPTZ '2025-01-01 00:00:00+00', 5 * unit, 20000 * unit, 10, 30
  FROM (VALUES ('EUR', 100), ('USD', 100), ('GBP', 100), ('CHF', 100), ('CAD', 100), ('SEK', 1000), ('NOK', 1000),
               ('DKK', 1000), ('JPY', 150)) AS rule (currency, unit);

CREATE TABLE instruments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  psp text NOT NULL,
  method text NOT NULL CHECK (method IN ('CARD')),
  -- The provider's name for the card. The card's number is known to the provider alone.
  token text NOT NULL,
  -- The same for the same card, whoever brings it and under whatever token.
  fingerprint text NOT NULL,
  brand text NOT NULL,
  last4 text NOT NULL CHECK (last4 ~ '^[0-9]{4}$'),
  expires_month smallint NOT NULL CHECK (expires_month BETWEEN 1 AND 12),
  expires_year smallint NOT NULL,
  country text CHECK (country ~ '^[A-Z]{2}$'),
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (player_id, psp, token)
);
CREATE INDEX instruments_fingerprint ON instruments (psp, fingerprint);

CREATE TABLE deposits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  instrument_id bigint NOT NULL REFERENCES instruments,
  request_key uuid NOT NULL UNIQUE,
  body_hash bigint NOT NULL,
  request_id text NOT NULL,
  trace_id uuid NOT NULL,
  psp text NOT NULL,
  method text NOT NULL,
  currency smallint NOT NULL,
  -- What was asked for, minor units.
  amount bigint NOT NULL CHECK (amount > 0),
  state text NOT NULL DEFAULT 'INITIATED' CHECK (state IN ('INITIATED', 'PENDING', 'CREDITED', 'DECLINED', 'EXPIRED')),
  -- The provider's own id of the payment.
  psp_reference text,
  -- What the provider took, and what it keeps of it; a partial capture takes less than was asked for.
  credited bigint CHECK (credited BETWEEN 1 AND amount),
  psp_fee bigint CHECK (psp_fee >= 0),
  transaction_id bigint UNIQUE,
  -- Where the player's bank sends them back to.
  return_url text,
  failure jsonb,
  next_action jsonb,
  -- Each check by its name, with its version, what it was given and what it said.
  checks jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  -- When the provider is asked about it next, should no webhook come before; null where there is nothing to ask.
  follow_at timestamptz,
  followed integer NOT NULL DEFAULT 0,
  CONSTRAINT credited_has_transaction CHECK ((state = 'CREDITED') = (transaction_id IS NOT NULL)),
  CONSTRAINT credited_has_amount CHECK ((credited IS NULL) = (transaction_id IS NULL))
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX deposits_reference ON deposits (psp, psp_reference) WHERE psp_reference IS NOT NULL;
CREATE INDEX deposits_player ON deposits (player_id, id);
CREATE INDEX deposits_state ON deposits (state, id);
CREATE INDEX deposits_instrument ON deposits (instrument_id, id);
CREATE INDEX deposits_follow ON deposits (follow_at) WHERE follow_at IS NOT NULL;

-- All that happened to a deposit, in order.
CREATE TABLE deposit_steps (
  deposit_id bigint NOT NULL REFERENCES deposits,
  number smallint NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  event text NOT NULL,
  from_state text,
  to_state text NOT NULL,
  -- Who told: the request itself, a webhook, or our own question to the provider.
  source text NOT NULL CHECK (source IN ('REQUEST', 'WEBHOOK', 'QUERY')),
  webhook_id bigint,
  details jsonb,
  PRIMARY KEY (deposit_id, number)
);

-- What providers sent, byte for byte, before anything is made of it.
CREATE TABLE psp_webhooks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  psp text NOT NULL,
  -- The provider's own id of the event; null on what is not theirs, or can't be read.
  event_id text,
  type text,
  state text NOT NULL CHECK (state IN ('STORED', 'DONE', 'DEAD', 'FORGED')),
  -- What came of it, or why nothing did.
  outcome text,
  deposit_id bigint REFERENCES deposits,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  due_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  -- How often the provider sent it.
  deliveries integer NOT NULL DEFAULT 1,
  CHECK ((state = 'STORED') = (due_at IS NOT NULL))
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX psp_webhooks_event ON psp_webhooks (psp, event_id) WHERE event_id IS NOT NULL;
CREATE INDEX psp_webhooks_due ON psp_webhooks (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX psp_webhooks_state ON psp_webhooks (state, id);
CREATE INDEX psp_webhooks_deposit ON psp_webhooks (deposit_id, id) WHERE deposit_id IS NOT NULL;

-- The one way in which a deposit gets on. It fails with PB001 where the deposit is no longer where the caller saw it, so
-- that the caller looks again and decides anew. With `credit_key` it runs in the transaction of the DEPOSIT that this
-- request key stands for, or not at all: a deposit is CREDITED exactly where the ledger has its money.
CREATE FUNCTION move_deposit(
  deposit bigint, seen text, next text, event text, source text, webhook bigint, details jsonb, reference text,
  action jsonb, why jsonb, follow timestamptz, credit_key uuid, taken bigint, fee bigint
) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  posted bigint;
BEGIN
  IF credit_key IS NOT NULL THEN
    SELECT r.ref INTO posted FROM requests r JOIN transactions t ON t.id = r.ref
     WHERE r.key = credit_key AND t.type = 1 AND t.reference = deposit;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'deposit % has no transaction', deposit USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  UPDATE deposits d
     SET state = next, psp_reference = coalesce(d.psp_reference, reference), next_action = action,
         failure = why, follow_at = follow, updated_at = clock_timestamp(),
         transaction_id = coalesce(posted, d.transaction_id), credited = coalesce(taken, d.credited),
         psp_fee = coalesce(fee, d.psp_fee)
   WHERE d.id = deposit AND d.state = seen;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'deposit % is no longer %', deposit, seen USING ERRCODE = 'PB001';
  END IF;
  INSERT INTO deposit_steps (deposit_id, number, event, from_state, to_state, source, webhook_id, details)
  SELECT deposit, coalesce(max(s.number), 0) + 1, event, seen, next, source, webhook, details
    FROM deposit_steps s WHERE s.deposit_id = deposit;
END $$;
GRANT EXECUTE ON FUNCTION move_deposit(bigint, text, text, text, text, bigint, jsonb, text, jsonb, jsonb, timestamptz,
  uuid, bigint, bigint) TO pitboss_app;

CREATE FUNCTION guard_deposit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.state = 'CREDITED' AND (NEW.state, NEW.credited, NEW.psp_fee, NEW.transaction_id)
     IS DISTINCT FROM (OLD.state, OLD.credited, OLD.psp_fee, OLD.transaction_id) THEN
    RAISE EXCEPTION 'deposit % was credited', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.psp_reference IS NOT NULL AND NEW.psp_reference IS DISTINCT FROM OLD.psp_reference THEN
    RAISE EXCEPTION 'deposit % is another payment', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_deposit BEFORE UPDATE ON deposits FOR EACH ROW EXECUTE FUNCTION guard_deposit();

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['deposit_rules', 'instruments', 'deposit_steps'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['deposits', 'psp_webhooks'] LOOP
    EXECUTE format('CREATE TRIGGER no_delete BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
END $$;
GRANT UPDATE (state, psp_reference, credited, psp_fee, transaction_id, failure, next_action, updated_at, follow_at, followed)
  ON deposits TO pitboss_app;
GRANT UPDATE (state, outcome, deposit_id, done_at, due_at, attempts, deliveries) ON psp_webhooks TO pitboss_app;
