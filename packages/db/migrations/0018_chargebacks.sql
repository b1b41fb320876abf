-- Chargebacks: deposits that a payer's bank takes back, what is said against it, and what comes of it.

-- What the house does when a chargeback comes: a player with so many of them in the last `within_days` is locked out of play.
CREATE TABLE chargeback_rules (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  effective_from timestamptz NOT NULL,
  lock_at integer NOT NULL CHECK (lock_at > 0),
  within_days integer NOT NULL CHECK (within_days > 0)
);
INSERT INTO chargeback_rules (effective_from, lock_at, within_days) VALUES (TIMESTAMPTZ '2025-01-01 00:00:00+00', 1, 365);

ALTER TABLE deposits DROP CONSTRAINT deposits_state_check;
ALTER TABLE deposits ADD CONSTRAINT deposits_state_check
  CHECK (state IN ('INITIATED', 'PENDING', 'CREDITED', 'DECLINED', 'EXPIRED', 'DISPUTED', 'WON', 'LOST'));
ALTER TABLE deposits DROP CONSTRAINT credited_has_transaction;
ALTER TABLE deposits ADD CONSTRAINT credited_has_transaction
  CHECK ((state IN ('CREDITED', 'DISPUTED', 'WON', 'LOST')) = (transaction_id IS NOT NULL));

CREATE OR REPLACE FUNCTION guard_deposit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  -- What was credited stays so; only a dispute moves it on.
  IF OLD.transaction_id IS NOT NULL AND ((NEW.credited, NEW.psp_fee, NEW.transaction_id)
     IS DISTINCT FROM (OLD.credited, OLD.psp_fee, OLD.transaction_id)
     OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN
         (('CREDITED', 'DISPUTED'), ('DISPUTED', 'WON'), ('DISPUTED', 'LOST')))) THEN
    RAISE EXCEPTION 'deposit % was credited', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.psp_reference IS NOT NULL AND NEW.psp_reference IS DISTINCT FROM OLD.psp_reference THEN
    RAISE EXCEPTION 'deposit % is another payment', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TABLE chargebacks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  deposit_id bigint NOT NULL UNIQUE REFERENCES deposits,
  player_id bigint NOT NULL REFERENCES players,
  psp text NOT NULL,
  -- The provider's own id of the dispute.
  psp_reference text NOT NULL,
  state text NOT NULL DEFAULT 'OPENED' CHECK (state IN ('OPENED', 'SUBMITTED', 'ACCEPTED', 'WON', 'LOST')),
  currency smallint NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  -- What the player's cash did not cover, and so the house lost.
  lost bigint NOT NULL CHECK (lost BETWEEN 0 AND amount),
  reason_code text NOT NULL,
  reason text NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Until when the provider takes evidence; null where it names no day.
  due_at timestamptz,
  closed_at timestamptz,
  transaction_id bigint NOT NULL UNIQUE,
  reversal_id bigint UNIQUE,
  UNIQUE (psp, psp_reference),
  CHECK ((state = 'WON') = (reversal_id IS NOT NULL)),
  CHECK ((state IN ('WON', 'LOST')) = (closed_at IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX chargebacks_state ON chargebacks (state, id);
CREATE INDEX chargebacks_player ON chargebacks (player_id, opened_at);

CREATE TABLE chargeback_steps (
  chargeback_id bigint NOT NULL REFERENCES chargebacks,
  number smallint NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  to_state text NOT NULL,
  -- A member of staff, or the provider.
  actor text NOT NULL,
  note text,
  webhook_id bigint,
  PRIMARY KEY (chargeback_id, number)
);

-- What is said against a chargeback. The files lie in the object store under `object`, which begins with their hash.
CREATE TABLE chargeback_evidence (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  chargeback_id bigint NOT NULL REFERENCES chargebacks,
  name text NOT NULL,
  media_type text NOT NULL CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg', 'text/plain')),
  bytes integer NOT NULL CHECK (bytes > 0),
  sha256 text NOT NULL,
  object text NOT NULL,
  added_by text NOT NULL,
  added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (chargeback_id, sha256)
);

-- Takes a deposit back, in the transaction of the CHARGEBACK that this request key stands for, or not at all.
CREATE FUNCTION open_chargeback(
  deposit bigint, key uuid, provider text, reference text, taken bigint, code text, why text, due timestamptz, webhook bigint
) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  posted bigint;
  made bigint;
BEGIN
  SELECT r.ref INTO posted FROM requests r JOIN transactions t ON t.id = r.ref
   WHERE r.key = key AND t.type = 16 AND t.reference = deposit;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'deposit % has no chargeback in the ledger', deposit USING ERRCODE = 'check_violation';
  END IF;
  PERFORM move_deposit(deposit, 'CREDITED', 'DISPUTED', 'dispute', 'WEBHOOK', webhook,
    jsonb_build_object('reference', reference, 'code', code), NULL, NULL, NULL, NULL, NULL, NULL, NULL);
  INSERT INTO chargebacks (deposit_id, player_id, psp, psp_reference, currency, amount, lost, reason_code, reason, due_at,
                           transaction_id)
  SELECT deposit, d.player_id, provider, reference, d.currency, taken,
         coalesce((SELECT sum(-p.available) FROM postings p JOIN wallets w ON w.id = p.wallet_id
                    WHERE p.transaction_id = posted AND w.kind = 15), 0), code, why, due, posted
    FROM deposits d WHERE d.id = deposit
  RETURNING id INTO made;
  INSERT INTO chargeback_steps (chargeback_id, number, to_state, actor, note, webhook_id)
  VALUES (made, 1, 'OPENED', 'psp:' || provider, why, webhook);
END $$;

-- Moves a chargeback on from where the caller saw it (PB001 where it is elsewhere). `key` is the request key of its
-- CHARGEBACK_REVERSAL, where it was won.
CREATE FUNCTION move_chargeback(
  chargeback bigint, seen text, next text, actor text, note text, webhook bigint, key uuid
) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  posted bigint;
  about bigint;
BEGIN
  SELECT c.deposit_id INTO about FROM chargebacks c WHERE c.id = chargeback;
  IF key IS NOT NULL THEN
    SELECT r.ref INTO posted FROM requests r JOIN transactions t ON t.id = r.ref
     WHERE r.key = key AND t.type = 17 AND t.reference = about;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'chargeback % has no reversal in the ledger', chargeback USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  UPDATE chargebacks c SET state = next, reversal_id = posted,
         closed_at = CASE WHEN next IN ('WON', 'LOST') THEN clock_timestamp() END
   WHERE c.id = chargeback AND c.state = seen;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'chargeback % is no longer %', chargeback, seen USING ERRCODE = 'PB001';
  END IF;
  IF next IN ('WON', 'LOST') THEN
    PERFORM move_deposit(about, 'DISPUTED', next, CASE next WHEN 'WON' THEN 'win' ELSE 'lose' END, 'WEBHOOK', webhook,
      NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
  END IF;
  INSERT INTO chargeback_steps (chargeback_id, number, to_state, actor, note, webhook_id)
  SELECT chargeback, coalesce(max(s.number), 0) + 1, next, actor, note, webhook
    FROM chargeback_steps s WHERE s.chargeback_id = chargeback;
END $$;
GRANT EXECUTE ON FUNCTION open_chargeback(bigint, uuid, text, text, bigint, text, text, timestamptz, bigint),
  move_chargeback(bigint, text, text, text, text, bigint, uuid) TO pitboss_app;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['chargeback_rules', 'chargeback_steps', 'chargeback_evidence'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
  CREATE TRIGGER no_delete BEFORE DELETE ON chargebacks FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER no_truncate BEFORE TRUNCATE ON chargebacks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  GRANT SELECT, INSERT, UPDATE (state, reversal_id, closed_at) ON chargebacks TO pitboss_app;
END $$;
