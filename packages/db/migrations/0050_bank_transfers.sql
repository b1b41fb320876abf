-- Money by bank transfer: whose reference is whose, what came to the house's account and what became of it, files of
-- payments that leave it, and payouts of which a rail pays a part alone.

-- One more way ----------------------------------------------------------------------------------------------------------
ALTER TABLE deposit_rules DROP CONSTRAINT deposit_rules_method_check;
ALTER TABLE deposit_rules ADD CONSTRAINT deposit_rules_method_check CHECK (method IN ('CARD', 'CRYPTO', 'BANK_TRANSFER'));
ALTER TABLE payouts DROP CONSTRAINT payouts_method_check;
ALTER TABLE payouts ADD CONSTRAINT payouts_method_check CHECK (method IN ('CARD', 'CRYPTO', 'BANK_TRANSFER'));
ALTER TABLE deposits DROP CONSTRAINT deposits_method_check;
ALTER TABLE deposits ADD CONSTRAINT deposits_method_check CHECK (method IN ('CARD', 'CRYPTO', 'BANK_TRANSFER'));
ALTER TABLE instruments DROP CONSTRAINT instruments_method_check;
ALTER TABLE instruments ADD CONSTRAINT instruments_method_check CHECK (method IN ('CARD', 'CRYPTO', 'BANK_TRANSFER'));

INSERT INTO deposit_rules (method, currency, effective_from, min_amount, max_amount, most_an_hour, open_minutes)
VALUES ('BANK_TRANSFER', 'EUR', TIMESTAMPTZ '2025-01-01 00:00:00+00', 500, 10000000, 30, 10080);

-- What a player writes on a transfer to be known again; the same for ever.
CREATE TABLE bank_references (
  player_id bigint NOT NULL REFERENCES players,
  bank text NOT NULL,
  -- ISO 11649, with check digits.
  reference text NOT NULL UNIQUE CHECK (reference ~ '^RF[0-9]{2}[0-9A-Z]{1,21}$'),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (player_id, bank)
);

-- The account behind an instrument: number and holder's name, sealed under the player's key.
CREATE TABLE bank_instruments (
  instrument_id bigint PRIMARY KEY REFERENCES instruments,
  player_id bigint NOT NULL REFERENCES players,
  key_id bigint NOT NULL,
  sealed bytea NOT NULL,
  -- How the holder's name compares with the player's.
  name_match text NOT NULL CHECK (name_match IN ('MATCH', 'PARTIAL', 'MISMATCH', 'UNKNOWN')),
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Everything that came to an account of the house, each of the bank's entries once.
CREATE TABLE bank_credits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  bank text NOT NULL,
  -- The bank's own reference of the entry: the same in its notification and in its statement.
  entry_reference text NOT NULL,
  currency smallint NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  booked_on date NOT NULL,
  -- The message that told it first.
  told_by text NOT NULL,
  -- The reference that was found in it, whether or not it is anybody's.
  reference text,
  end_to_end_id text,
  -- Why an order of ours came back; null of what is none.
  return_reason text,
  -- Who sent it, from which account and with which words, sealed under a key of the house: it is nobody's yet.
  sealed bytea NOT NULL,
  -- The account that it came from as a keyed hash; null where the bank does not tell it.
  payer_index bytea,
  state text NOT NULL DEFAULT 'RECEIVED',
  -- Why it waits for people, a code.
  why text,
  player_id bigint REFERENCES players,
  deposit_id bigint UNIQUE REFERENCES deposits,
  payout_id bigint REFERENCES payouts,
  approval_id bigint REFERENCES approvals,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- When a worker goes on with it, should the one that began not live to; null where it waits for people, or for nothing.
  work_at timestamptz,
  UNIQUE (bank, entry_reference),
  CONSTRAINT credited_is_a_deposit CHECK (state <> 'CREDITED' OR (deposit_id IS NOT NULL AND player_id IS NOT NULL)),
  CONSTRAINT inbox_has_reason CHECK (state <> 'IN_INBOX' OR why IS NOT NULL),
  CONSTRAINT returned_is_no_deposit CHECK (state NOT IN ('RETURNING', 'RETURNED') OR deposit_id IS NULL)
) WITH (fillfactor = 80);
CREATE INDEX bank_credits_state ON bank_credits (state, id);
CREATE INDEX bank_credits_player ON bank_credits (player_id, id) WHERE player_id IS NOT NULL;
CREATE INDEX bank_credits_work ON bank_credits (work_at) WHERE work_at IS NOT NULL;
CREATE INDEX bank_credits_payer ON bank_credits (payer_index) WHERE payer_index IS NOT NULL;

-- The table of its states, the same as in packages/domain/src/cashier/bank/credit-machine.ts (a test compares).
CREATE TABLE bank_credit_transitions (
  from_state text NOT NULL,
  event text NOT NULL,
  to_state text NOT NULL,
  PRIMARY KEY (from_state, event)
);
INSERT INTO bank_credit_transitions VALUES
  ('RECEIVED', 'credit', 'CREDITED'), ('RECEIVED', 'wait', 'IN_INBOX'), ('RECEIVED', 'setAside', 'SETTLEMENT'),
  ('RECEIVED', 'matchReturn', 'PAYOUT_RETURN'),
  ('IN_INBOX', 'credit', 'CREDITED'), ('IN_INBOX', 'giveBack', 'RETURNING'),
  ('RETURNING', 'arrive', 'RETURNED'), ('RETURNING', 'fail', 'IN_INBOX'),
  ('RETURNED', 'bounce', 'IN_INBOX');

CREATE TABLE bank_credit_steps (
  credit_id bigint NOT NULL REFERENCES bank_credits,
  number smallint NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  event text NOT NULL,
  from_state text,
  to_state text NOT NULL,
  actor text,
  details jsonb,
  PRIMARY KEY (credit_id, number)
);

-- The one way in which it gets on. It fails with PB001 where it is no longer where the caller saw it.
CREATE FUNCTION move_bank_credit(credit bigint, seen text, event text, actor text, details jsonb, change jsonb) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  next text;
BEGIN
  SELECT t.to_state INTO next FROM bank_credit_transitions t WHERE t.from_state = seen AND t.event = event;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a credit that is % takes no %', seen, event USING ERRCODE = 'check_violation';
  END IF;
  UPDATE bank_credits c
     SET state = next, updated_at = clock_timestamp(), work_at = NULL,
         why = CASE WHEN change ? 'why' THEN change->>'why' ELSE c.why END,
         player_id = coalesce((change->>'player_id')::bigint, c.player_id),
         deposit_id = coalesce((change->>'deposit_id')::bigint, c.deposit_id),
         payout_id = coalesce((change->>'payout_id')::bigint, c.payout_id),
         approval_id = coalesce((change->>'approval_id')::bigint, c.approval_id)
   WHERE c.id = credit AND c.state = seen;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'credit % is no longer %', credit, seen USING ERRCODE = 'PB001';
  END IF;
  INSERT INTO bank_credit_steps (credit_id, number, event, from_state, to_state, actor, details)
  SELECT credit, coalesce(max(s.number), 0) + 1, event, seen, next, actor, details
    FROM bank_credit_steps s WHERE s.credit_id = credit;
END $$;
GRANT EXECUTE ON FUNCTION move_bank_credit(bigint, text, text, text, jsonb, jsonb) TO pitboss_app;

-- What the database holds by itself: an entry stays what it is, is one deposit at most, and is not both credited and sent
-- back. Beyond what the bank told, two people have to have decided.
CREATE FUNCTION guard_bank_credit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  deposit deposits;
  proposal approvals;
BEGIN
  IF (NEW.bank, NEW.entry_reference, NEW.currency, NEW.amount, NEW.sealed)
     IS DISTINCT FROM (OLD.bank, OLD.entry_reference, OLD.currency, OLD.amount, OLD.sealed)
     OR (OLD.deposit_id IS NOT NULL AND NEW.deposit_id IS DISTINCT FROM OLD.deposit_id) THEN
    RAISE EXCEPTION 'what credit % is does not change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = OLD.state THEN
    RETURN NEW;
  END IF;
  IF NOT EXISTS (SELECT FROM bank_credit_transitions WHERE from_state = OLD.state AND to_state = NEW.state) THEN
    RAISE EXCEPTION 'credit % does not go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'CREDITED' THEN
    SELECT * INTO deposit FROM deposits WHERE id = NEW.deposit_id;
    IF NOT FOUND OR deposit.player_id <> NEW.player_id OR deposit.currency <> NEW.currency
       OR deposit.credited IS DISTINCT FROM NEW.amount THEN
      RAISE EXCEPTION 'credit % is not what its deposit credited', OLD.id USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF OLD.state = 'IN_INBOX' THEN
    SELECT * INTO proposal FROM approvals WHERE id = NEW.approval_id;
    IF NOT FOUND OR proposal.kind <> 'bank.credit' OR proposal.subject_id <> public_id('bcr', OLD.id)
       OR proposal.status <> 'APPROVED'
       OR proposal.content->>'decision' <> (CASE NEW.state WHEN 'CREDITED' THEN 'CREDIT' ELSE 'RETURN' END) THEN
      RAISE EXCEPTION 'credit % does not have the yes of two people', OLD.id USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_bank_credit BEFORE UPDATE ON bank_credits FOR EACH ROW EXECUTE FUNCTION guard_bank_credit();

-- Statements that were read through, so that each is read once.
CREATE TABLE bank_statement_reads (
  bank text NOT NULL,
  statement_id text NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  entries integer NOT NULL,
  -- How many of its credits no notification had told.
  missed integer NOT NULL,
  read_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (bank, statement_id)
);

-- Files of payments ------------------------------------------------------------------------------------------------------
CREATE TABLE payout_batches (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  bank text NOT NULL,
  currency smallint NOT NULL,
  -- The bank takes a file under the same id once.
  message_id text NOT NULL UNIQUE,
  state text NOT NULL DEFAULT 'GATHERING'
    CHECK (state IN ('GATHERING', 'BUILT', 'SUBMITTED', 'UNKNOWN', 'ACCEPTED', 'REFUSED', 'EMPTY')),
  count integer CHECK (count > 0),
  control_sum bigint CHECK (control_sum > 0),
  -- The file, byte for byte as it is sent, sealed under a key of the house; and its SHA-256.
  sealed bytea,
  file_hash bytea CHECK (length(file_hash) = 32),
  -- What the bank said of the file as a whole.
  said text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  first_sent_at timestamptz,
  last_sent_at timestamptz,
  -- When a worker goes on with it; null where nothing more is expected.
  work_at timestamptz,
  worked integer NOT NULL DEFAULT 0,
  CONSTRAINT built_has_file CHECK ((state IN ('GATHERING', 'EMPTY')) = (sealed IS NULL)),
  CONSTRAINT file_is_whole CHECK ((sealed IS NULL) = (file_hash IS NULL) AND (sealed IS NULL) = (count IS NULL)
                                  AND (sealed IS NULL) = (control_sum IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX payout_batches_work ON payout_batches (work_at) WHERE work_at IS NOT NULL;
CREATE INDEX payout_batches_bank ON payout_batches (bank, id);

CREATE TABLE payout_batch_items (
  batch_id bigint NOT NULL REFERENCES payout_batches,
  number integer NOT NULL CHECK (number > 0),
  payout_id bigint REFERENCES payouts,
  credit_id bigint REFERENCES bank_credits,
  amount bigint NOT NULL CHECK (amount > 0),
  -- GATHERED may still be left out; SENT stands in the file; DROPPED does not.
  state text NOT NULL DEFAULT 'GATHERED' CHECK (state IN ('GATHERED', 'SENT', 'DROPPED', 'PENDING', 'PAID', 'FAILED')),
  -- The bank's word and reason, and its reference of the order.
  status text,
  reason text,
  bank_reference text,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (batch_id, number),
  CHECK (num_nonnulls(payout_id, credit_id) = 1)
) WITH (fillfactor = 80);
-- A payout is in one file at most, for ever: it can't leave in two.
CREATE UNIQUE INDEX payout_batch_items_payout ON payout_batch_items (payout_id) WHERE state <> 'DROPPED' AND payout_id IS NOT NULL;
CREATE UNIQUE INDEX payout_batch_items_credit ON payout_batch_items (credit_id)
  WHERE state NOT IN ('DROPPED', 'FAILED') AND credit_id IS NOT NULL;
CREATE INDEX payout_batch_items_of_credit ON payout_batch_items (credit_id) WHERE credit_id IS NOT NULL;

-- Every time that the bank was given a file, written before it was.
CREATE TABLE payout_batch_sends (
  batch_id bigint NOT NULL REFERENCES payout_batches,
  number smallint NOT NULL CHECK (number > 0),
  begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  outcome text CHECK (outcome IN ('ACCEPTED', 'REFUSED', 'UNANSWERED')),
  said text,
  PRIMARY KEY (batch_id, number),
  CHECK ((ended_at IS NULL) = (outcome IS NULL))
);

CREATE FUNCTION guard_payout_batch() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.bank, NEW.currency, NEW.message_id) IS DISTINCT FROM (OLD.bank, OLD.currency, OLD.message_id)
     OR (OLD.sealed IS NOT NULL AND (NEW.sealed, NEW.file_hash, NEW.count, NEW.control_sum)
                                    IS DISTINCT FROM (OLD.sealed, OLD.file_hash, OLD.count, OLD.control_sum)) THEN
    RAISE EXCEPTION 'what batch % is does not change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state IN ('ACCEPTED', 'REFUSED', 'EMPTY') AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'batch % is %', OLD.id, OLD.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_payout_batch BEFORE UPDATE ON payout_batches FOR EACH ROW EXECUTE FUNCTION guard_payout_batch();

-- Payouts of which a rail pays a part alone ---------------------------------------------------------------------------------
-- What arrived, where that is less than what was asked for; the rest was released with it.
ALTER TABLE payouts ADD COLUMN paid bigint;
ALTER TABLE payouts ADD CONSTRAINT paid_is_a_part CHECK (paid IS NULL OR (paid BETWEEN 1 AND amount - 1 AND settle_id IS NOT NULL));
GRANT UPDATE (paid) ON payouts TO pitboss_app;

ALTER TABLE payout_transitions DISABLE TRIGGER append_only;
INSERT INTO payout_transitions VALUES
  ('SUBMITTED', 'payPart', 'PAID', 8), ('UNKNOWN', 'payPart', 'PAID', 8),
  ('BROADCAST', 'payPart', 'PAID', 8), ('CONFIRMING', 'payPart', 'PAID', 8);
ALTER TABLE payout_transitions ENABLE TRIGGER append_only;

-- Set along with the step to PAID, in the transaction of its posting, and from there on for ever.
CREATE FUNCTION note_part_paid(payout bigint, arrived bigint) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
BEGIN
  UPDATE payouts p SET paid = arrived WHERE p.id = payout AND p.state = 'PAID' AND p.paid IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'payout % is not paid', payout USING ERRCODE = 'PB001';
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION note_part_paid(bigint, bigint) TO pitboss_app;

CREATE FUNCTION guard_part_paid() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.paid IS NOT NULL AND NEW.paid IS DISTINCT FROM OLD.paid THEN
    RAISE EXCEPTION 'what arrived of payout % does not change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_part_paid BEFORE UPDATE OF paid ON payouts FOR EACH ROW EXECUTE FUNCTION guard_part_paid();

ALTER TABLE approval_policies DISABLE TRIGGER guard_policy;
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours) VALUES ('bank.credit', NULL, 0, 1, 72);
ALTER TABLE approval_policies ENABLE TRIGGER guard_policy;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['bank_references', 'bank_instruments', 'bank_credit_transitions', 'bank_credit_steps',
                                 'bank_statement_reads'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT ON %I TO pitboss_app', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['bank_credits', 'payout_batches', 'payout_batch_items', 'payout_batch_sends'] LOOP
    EXECUTE format('CREATE TRIGGER no_delete BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
END $$;
GRANT INSERT ON bank_references, bank_instruments, bank_credit_steps, bank_statement_reads TO pitboss_app;
GRANT UPDATE (state, why, player_id, deposit_id, payout_id, approval_id, updated_at, work_at) ON bank_credits TO pitboss_app;
GRANT UPDATE (state, count, control_sum, sealed, file_hash, said, updated_at, first_sent_at, last_sent_at, work_at, worked)
  ON payout_batches TO pitboss_app;
GRANT UPDATE (state, status, reason, bank_reference, updated_at) ON payout_batch_items TO pitboss_app;
GRANT UPDATE (ended_at, outcome, said) ON payout_batch_sends TO pitboss_app;
