-- Money over chains: addresses, what comes to them and what leaves, what is known of its past, and who is told of it.

-- Other ways than cards -------------------------------------------------------------------------------------------------
ALTER TABLE deposit_rules DROP CONSTRAINT deposit_rules_method_check;
ALTER TABLE deposit_rules ADD CONSTRAINT deposit_rules_method_check CHECK (method IN ('CARD', 'CRYPTO'));
ALTER TABLE payouts DROP CONSTRAINT payouts_method_check;
ALTER TABLE payouts ADD CONSTRAINT payouts_method_check CHECK (method IN ('CARD', 'CRYPTO'));
ALTER TABLE deposits ADD CONSTRAINT deposits_method_check CHECK (method IN ('CARD', 'CRYPTO'));
ALTER TABLE instruments DROP CONSTRAINT instruments_method_check;
ALTER TABLE instruments ADD CONSTRAINT instruments_method_check CHECK (method IN ('CARD', 'CRYPTO'));
ALTER TABLE instruments DROP CONSTRAINT instruments_last4_check;
ALTER TABLE instruments ADD CONSTRAINT instruments_last4_check CHECK (last4 ~ '^[0-9A-Za-z]{4}$' AND (method <> 'CARD' OR last4 ~ '^[0-9]{4}$'));
-- Only a card expires.
ALTER TABLE instruments ALTER COLUMN expires_month DROP NOT NULL, ALTER COLUMN expires_year DROP NOT NULL;
ALTER TABLE instruments ADD CONSTRAINT card_expires
  CHECK ((method = 'CARD') = (expires_month IS NOT NULL) AND (method = 'CARD') = (expires_year IS NOT NULL));

INSERT INTO deposit_rules (method, currency, effective_from, min_amount, max_amount, most_an_hour, open_minutes) VALUES
  ('CRYPTO', 'BTC', TIMESTAMPTZ '2025-01-01 00:00:00+00', 10000, 500000000, 30, 10080),
  ('CRYPTO', 'ETH', TIMESTAMPTZ '2025-01-01 00:00:00+00', 5000000, 100000000000, 30, 10080),
  ('CRYPTO', 'USDT', TIMESTAMPTZ '2025-01-01 00:00:00+00', 5000000, 200000000000, 30, 10080);
INSERT INTO payout_policies (currency, effective_from, min_amount, max_amount, auto_below, two_from, low_risk_below, most_a_day,
                             day_amount, turnover_percent, fresh_hours, kyc_from, review_minutes, second_minutes,
                             send_minutes, paid_minutes)
SELECT currency, TIMESTAMPTZ '2025-01-01 00:00:00+00', least_paid, 100 * two, two / 10, two, 30, 5, two, 100, 24, 2 * two / 5, 240,
       240, 15, 720
  FROM (VALUES ('BTC', 30000::bigint, 8000000::bigint), ('ETH', 5000000, 2000000000), ('USDT', 10000000, 5000000000))
       AS policy (currency, least_paid, two);

-- The newest row of an asset that is in force holds: how many blocks a deposit waits for, and from which open position on
-- people are told to hedge (cents of EUR).
CREATE TABLE crypto_policies (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  asset text NOT NULL CHECK (asset IN ('BTC', 'ETH', 'USDT')),
  effective_from timestamptz NOT NULL,
  confirmations integer NOT NULL CHECK (confirmations BETWEEN 1 AND 1000),
  hedge_from bigint NOT NULL CHECK (hedge_from > 0)
);
INSERT INTO crypto_policies (asset, effective_from, confirmations, hedge_from) VALUES
  ('BTC', TIMESTAMPTZ '2025-01-01 00:00:00+00', 2, 2500000),
  ('ETH', TIMESTAMPTZ '2025-01-01 00:00:00+00', 12, 2500000),
  ('USDT', TIMESTAMPTZ '2025-01-01 00:00:00+00', 12, 10000000);

-- Addresses: one of ours for each player and asset that money comes to, and those of players that money goes to.
CREATE TABLE crypto_addresses (
  instrument_id bigint PRIMARY KEY REFERENCES instruments,
  player_id bigint NOT NULL REFERENCES players,
  custodian text NOT NULL,
  asset text NOT NULL CHECK (asset IN ('BTC', 'ETH', 'USDT')),
  kind text NOT NULL CHECK (kind IN ('DEPOSIT', 'PAYOUT')),
  -- In the one spelling that it is compared by.
  address text NOT NULL,
  -- Of one of ours: the custodian's account that holds it, and what comes is converted to; null keeps it as it is.
  vault text,
  convert_to smallint,
  -- Of a player's: whether it is in a wallet of their own, or who keeps it.
  hosting text CHECK (hosting IN ('SELF_HOSTED', 'HOSTED')),
  provider text,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((kind = 'DEPOSIT') = (vault IS NOT NULL)),
  CHECK ((kind = 'PAYOUT') = (hosting IS NOT NULL)),
  CHECK (kind = 'DEPOSIT' OR convert_to IS NULL),
  CHECK (provider IS NULL OR hosting = 'HOSTED')
);
CREATE UNIQUE INDEX crypto_addresses_ours ON crypto_addresses (asset, address) WHERE kind = 'DEPOSIT';
CREATE UNIQUE INDEX crypto_addresses_player ON crypto_addresses (player_id, custodian, asset) WHERE kind = 'DEPOSIT';
CREATE INDEX crypto_addresses_payout ON crypto_addresses (player_id, asset, address);

-- Every look at the past of an address, with all that it was decided on.
CREATE TABLE kyt_checks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  direction text NOT NULL CHECK (direction IN ('IN', 'OUT')),
  player_id bigint NOT NULL REFERENCES players,
  deposit_id bigint REFERENCES deposits,
  payout_id bigint REFERENCES payouts,
  asset text NOT NULL,
  addresses text[] NOT NULL,
  tx_hash text,
  -- Who looked: the analyst's code, or `lists` where only the lists of sanctions were asked.
  provider text NOT NULL,
  decision text NOT NULL CHECK (decision IN ('CLEAR', 'REVIEW', 'BLOCK')),
  score smallint NOT NULL CHECK (score BETWEEN 0 AND 100),
  reasons text[] NOT NULL,
  rule_version integer NOT NULL,
  -- The addresses that stand on lists, the alerts, and what the analyst answered.
  inputs jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((direction = 'IN') = (deposit_id IS NOT NULL)),
  CHECK ((direction = 'OUT') = (payout_id IS NOT NULL))
);
CREATE INDEX kyt_checks_deposit ON kyt_checks (deposit_id, id) WHERE deposit_id IS NOT NULL;
CREATE INDEX kyt_checks_payout ON kyt_checks (payout_id, id) WHERE payout_id IS NOT NULL;
-- Addresses on the lists in force; capital letters tell nothing apart here that is not apart without them.
CREATE INDEX screening_entries_wallets ON screening_entries USING gin ((lower((body -> 'wallets')::text)::jsonb) jsonb_path_ops)
  WHERE until_list IS NULL AND body ? 'wallets';

-- What is on its chain, of a deposit.
CREATE TABLE chain_deposits (
  deposit_id bigint PRIMARY KEY REFERENCES deposits,
  custodian text NOT NULL,
  asset text NOT NULL,
  -- The custodian's id of the transaction, and the chain's.
  transfer_id text NOT NULL,
  tx_hash text,
  address text NOT NULL,
  sources text[] NOT NULL,
  confirmations integer NOT NULL DEFAULT 0,
  needed integer NOT NULL CHECK (needed > 0),
  -- True where the chain moved a little more than the ledger can tell.
  dust boolean NOT NULL,
  kyt_id bigint REFERENCES kyt_checks,
  -- Why it was credited frozen; null where it was not.
  frozen_for text,
  release_id bigint UNIQUE,
  convert_to smallint,
  -- When it is converted, or tried again; null where there is nothing to convert, or it is done.
  convert_at timestamptz,
  conversion_id bigint UNIQUE,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (custodian, transfer_id, address),
  CHECK (release_id IS NULL OR frozen_for IS NOT NULL)
) WITH (fillfactor = 80);
CREATE INDEX chain_deposits_convert ON chain_deposits (convert_at) WHERE convert_at IS NOT NULL;
CREATE INDEX chain_deposits_sources ON chain_deposits USING gin (sources);
CREATE INDEX chain_deposits_frozen ON chain_deposits (deposit_id) WHERE frozen_for IS NOT NULL AND release_id IS NULL;

-- Where a payout stands on its chain.
CREATE TABLE payout_chains (
  payout_id bigint PRIMARY KEY REFERENCES payouts,
  tx_hash text,
  confirmations integer NOT NULL,
  fee_asset text,
  fee_amount text,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 80);

-- Who sends and who receives a payout, sealed under the player's key, and what the receiver's provider said to it.
CREATE TABLE travel_messages (
  payout_id bigint PRIMARY KEY REFERENCES payouts,
  key_id bigint NOT NULL,
  sealed bytea NOT NULL,
  -- Null where the player keeps the wallet: then it is kept here, and there is nobody to tell.
  counterparty text,
  state text NOT NULL DEFAULT 'READY' CHECK (state IN ('READY', 'SENT', 'ACCEPTED', 'REJECTED', 'KEPT')),
  reference text,
  why text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  sent_at timestamptz,
  answered_at timestamptz,
  CHECK ((state IN ('ACCEPTED', 'REJECTED')) = (answered_at IS NOT NULL))
) WITH (fillfactor = 80);

-- What the custodian last said of its accounts of ours, minor units.
CREATE TABLE custody_balances (
  custodian text NOT NULL,
  vault text NOT NULL,
  asset text NOT NULL,
  hot boolean NOT NULL,
  total bigint NOT NULL,
  available bigint NOT NULL,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (custodian, vault, asset)
) WITH (fillfactor = 50);

-- States of a payout over a chain -----------------------------------------------------------------------------------------
ALTER TABLE payout_transitions DISABLE TRIGGER append_only;
INSERT INTO payout_transitions VALUES
  ('CHECKING', 'screenChain', 'KYT', NULL),
  ('KYT', 'approveAuto', 'AUTO_APPROVED', NULL), ('KYT', 'review', 'IN_REVIEW', NULL), ('KYT', 'cancel', 'CANCELLED', 9),
  ('AUTO_APPROVED', 'inform', 'TRAVEL_RULE', NULL), ('APPROVED', 'inform', 'TRAVEL_RULE', NULL),
  ('TRAVEL_RULE', 'submit', 'SUBMITTED', NULL), ('TRAVEL_RULE', 'recall', 'IN_REVIEW', NULL),
  ('TRAVEL_RULE', 'cancel', 'CANCELLED', 9),
  ('SUBMITTED', 'broadcast', 'BROADCAST', NULL), ('SUBMITTED', 'confirm', 'CONFIRMING', NULL),
  ('UNKNOWN', 'broadcast', 'BROADCAST', NULL), ('UNKNOWN', 'confirm', 'CONFIRMING', NULL),
  ('BROADCAST', 'confirm', 'CONFIRMING', NULL), ('BROADCAST', 'pay', 'PAID', 8), ('BROADCAST', 'return', 'RETURNED', 9),
  ('CONFIRMING', 'unconfirm', 'BROADCAST', NULL), ('CONFIRMING', 'pay', 'PAID', 8), ('CONFIRMING', 'return', 'RETURNED', 9);
ALTER TABLE payout_transitions ENABLE TRIGGER append_only;

-- A frozen deposit is let go in the transaction of the DEPOSIT_RELEASE that this request key stands for, or not at all.
CREATE FUNCTION release_deposit(deposit bigint, key uuid) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  posted bigint;
BEGIN
  SELECT r.ref INTO posted FROM requests r JOIN transactions t ON t.id = r.ref
   WHERE r.key = key AND t.type = 23 AND t.reference = deposit;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'deposit % has no release in the ledger', deposit USING ERRCODE = 'check_violation';
  END IF;
  UPDATE chain_deposits c SET release_id = posted, updated_at = clock_timestamp(),
         convert_at = CASE WHEN c.convert_to IS NOT NULL THEN clock_timestamp() END
   WHERE c.deposit_id = deposit AND c.frozen_for IS NOT NULL AND c.release_id IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'deposit % is not frozen', deposit USING ERRCODE = 'PB001';
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION release_deposit(bigint, uuid) TO pitboss_app;

-- What the database holds by itself: nothing is un-frozen without its transaction, and nothing is converted twice.
CREATE FUNCTION guard_chain_deposit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.deposit_id, NEW.custodian, NEW.asset, NEW.transfer_id, NEW.address)
     IS DISTINCT FROM (OLD.deposit_id, OLD.custodian, OLD.asset, OLD.transfer_id, OLD.address)
     OR (OLD.frozen_for IS NOT NULL AND NEW.frozen_for IS DISTINCT FROM OLD.frozen_for)
     OR (OLD.release_id IS NOT NULL AND NEW.release_id IS DISTINCT FROM OLD.release_id)
     OR (OLD.conversion_id IS NOT NULL AND NEW.conversion_id IS DISTINCT FROM OLD.conversion_id) THEN
    RAISE EXCEPTION 'what deposit % is on its chain does not change', OLD.deposit_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_chain_deposit BEFORE UPDATE ON chain_deposits FOR EACH ROW EXECUTE FUNCTION guard_chain_deposit();

ALTER TABLE approval_policies DISABLE TRIGGER guard_policy;
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours) VALUES ('deposit.release', NULL, 0, 1, 72);
ALTER TABLE approval_policies ENABLE TRIGGER guard_policy;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['crypto_policies', 'kyt_checks'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT ON %I TO pitboss_app', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['crypto_addresses', 'chain_deposits', 'payout_chains', 'travel_messages'] LOOP
    EXECUTE format('CREATE TRIGGER no_delete BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
END $$;
GRANT INSERT ON kyt_checks TO pitboss_app;
GRANT UPDATE (convert_to) ON crypto_addresses TO pitboss_app;
GRANT UPDATE (tx_hash, sources, confirmations, kyt_id, frozen_for, release_id, convert_at, conversion_id, updated_at)
  ON chain_deposits TO pitboss_app;
GRANT UPDATE ON payout_chains TO pitboss_app;
GRANT UPDATE (state, reference, why, sent_at, answered_at) ON travel_messages TO pitboss_app;
GRANT SELECT, INSERT, UPDATE ON custody_balances TO pitboss_app;
