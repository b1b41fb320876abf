-- Settlement of the cashier's money: what payment providers report of it, what arrives at the bank, and how both compare
-- with the ledger.

-- How long a provider may take to report a payment and its payout may take to the bank, from a date on; '*' is any other.
CREATE TABLE settlement_rules (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  psp text NOT NULL,
  effective_from timestamptz NOT NULL,
  report_days integer NOT NULL CHECK (report_days BETWEEN 0 AND 90),
  bank_days integer NOT NULL CHECK (bank_days BETWEEN 0 AND 90),
  UNIQUE (psp, effective_from)
);
INSERT INTO settlement_rules (psp, effective_from, report_days, bank_days) VALUES ('*', TIMESTAMPTZ '2025-01-01 00:00:00+00', 5, 4);

-- A report as it was imported; the bytes lie in the object store under their hash.
CREATE TABLE settlement_reports (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  psp text NOT NULL,
  -- The provider's own name of the payout that the report explains.
  reference text NOT NULL,
  currency smallint NOT NULL,
  period_from timestamptz NOT NULL,
  period_to timestamptz NOT NULL,
  -- What was paid out to the bank, minor units, by which reference and when; zero where nothing was.
  paid_out bigint NOT NULL,
  paid_at timestamptz NOT NULL,
  lines integer NOT NULL CHECK (lines >= 0),
  gross bigint NOT NULL,
  fees bigint NOT NULL,
  reserve bigint NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  object text NOT NULL,
  imported_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  imported_by text NOT NULL,
  -- When the ledger had its fees, reserve and payout, and when a bank statement showed the payout.
  posted_at timestamptz,
  arrived_at timestamptz,
  UNIQUE (psp, reference, currency)
);
CREATE INDEX settlement_reports_psp ON settlement_reports (psp, id);
CREATE INDEX settlement_reports_unposted ON settlement_reports (id) WHERE posted_at IS NULL;

CREATE TABLE settlement_lines (
  report_id bigint NOT NULL REFERENCES settlement_reports,
  number integer NOT NULL CHECK (number > 0),
  kind text NOT NULL CHECK (kind IN ('PAYMENT', 'REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL', 'PAYOUT', 'PAYOUT_RETURN', 'FEE',
                                     'RESERVE', 'ADJUSTMENT')),
  psp text NOT NULL,
  -- The provider's id of the payment, payout or dispute; empty where a line is about none.
  reference text NOT NULL,
  -- The house's own id, where the provider gives it back.
  ours text,
  currency smallint NOT NULL,
  -- Minor units, as the house's money with the provider changes: gross, what was kept of it, and both together.
  gross bigint NOT NULL,
  fee bigint NOT NULL,
  booked_at timestamptz NOT NULL,
  PRIMARY KEY (report_id, number)
);
CREATE INDEX settlement_lines_reference ON settlement_lines (psp, reference);
CREATE INDEX settlement_lines_booked ON settlement_lines USING brin (booked_at);

CREATE TABLE bank_statements (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The house's name of the bank account.
  account text NOT NULL,
  iban text NOT NULL,
  reference text NOT NULL,
  sequence integer,
  currency smallint NOT NULL,
  day_from date NOT NULL,
  day_to date NOT NULL,
  opening bigint NOT NULL,
  closing bigint NOT NULL,
  entries integer NOT NULL CHECK (entries >= 0),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  object text NOT NULL,
  imported_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  imported_by text NOT NULL,
  UNIQUE (account, reference)
);
CREATE INDEX bank_statements_account ON bank_statements (account, id);

CREATE TABLE bank_entries (
  statement_id bigint NOT NULL REFERENCES bank_statements,
  number integer NOT NULL CHECK (number > 0),
  amount bigint NOT NULL CHECK (amount <> 0),
  booked_on date NOT NULL,
  bank_reference text,
  end_to_end_id text,
  remittance text,
  counterparty text,
  code text,
  -- The provider's payout that it is.
  report_id bigint REFERENCES settlement_reports,
  PRIMARY KEY (statement_id, number)
);
CREATE UNIQUE INDEX bank_entries_report ON bank_entries (report_id) WHERE report_id IS NOT NULL;
CREATE INDEX bank_entries_name ON bank_entries (end_to_end_id) WHERE report_id IS NULL;

-- What the ledger has of money with payment providers, one row a transaction. A deposit, payout or chargeback stands
-- here exactly where the ledger has its posting; the database's own functions hold that.
CREATE VIEW cashier_ledger AS
  SELECT d.psp, 'PAYMENT' AS kind, d.psp_reference AS reference, d.id AS subject, d.currency, d.credited AS amount,
         d.psp_fee AS fee, d.transaction_id
    FROM deposits d WHERE d.transaction_id IS NOT NULL
  UNION ALL
  SELECT p.psp, 'PAYOUT', p.psp_reference, p.id, p.currency, -p.amount, 0, p.settle_id FROM payouts p WHERE p.settle_id IS NOT NULL
  UNION ALL
  SELECT p.psp, 'PAYOUT_RETURN', p.psp_reference, p.id, p.currency, p.amount, 0, p.release_id
    FROM payouts p WHERE p.settle_id IS NOT NULL AND p.release_id IS NOT NULL
  UNION ALL
  SELECT c.psp, 'CHARGEBACK', c.psp_reference, c.deposit_id, c.currency, -c.amount, 0, c.transaction_id FROM chargebacks c
  UNION ALL
  SELECT c.psp, 'CHARGEBACK_REVERSAL', c.psp_reference, c.deposit_id, c.currency, c.amount, 0, c.reversal_id
    FROM chargebacks c WHERE c.reversal_id IS NOT NULL;

-- Deposits get a last good state: the provider has settled them.
ALTER TABLE deposits DROP CONSTRAINT deposits_state_check;
ALTER TABLE deposits ADD CONSTRAINT deposits_state_check
  CHECK (state IN ('INITIATED', 'PENDING', 'CREDITED', 'SETTLED', 'DECLINED', 'EXPIRED', 'DISPUTED', 'WON', 'LOST'));
ALTER TABLE deposits DROP CONSTRAINT credited_has_transaction;
ALTER TABLE deposits ADD CONSTRAINT credited_has_transaction
  CHECK ((state IN ('CREDITED', 'SETTLED', 'DISPUTED', 'WON', 'LOST')) = (transaction_id IS NOT NULL));
ALTER TABLE deposit_steps DROP CONSTRAINT deposit_steps_source_check;
ALTER TABLE deposit_steps ADD CONSTRAINT deposit_steps_source_check
  CHECK (source IN ('REQUEST', 'WEBHOOK', 'QUERY', 'REPORT'));

CREATE OR REPLACE FUNCTION guard_deposit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  -- What was credited stays so; it is settled, and only a dispute moves it on.
  IF OLD.transaction_id IS NOT NULL AND ((NEW.credited, NEW.psp_fee, NEW.transaction_id)
     IS DISTINCT FROM (OLD.credited, OLD.psp_fee, OLD.transaction_id)
     OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN
         (('CREDITED', 'SETTLED'), ('CREDITED', 'DISPUTED'), ('SETTLED', 'DISPUTED'), ('DISPUTED', 'WON'), ('DISPUTED', 'LOST'))))
  THEN
    RAISE EXCEPTION 'deposit % was credited', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.psp_reference IS NOT NULL AND NEW.psp_reference IS DISTINCT FROM OLD.psp_reference THEN
    RAISE EXCEPTION 'deposit % is another payment', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION open_chargeback(
  deposit bigint, key uuid, provider text, reference text, taken bigint, code text, why text, due timestamptz, webhook bigint
) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  posted bigint;
  made bigint;
  stands text;
BEGIN
  SELECT r.ref INTO posted FROM requests r JOIN transactions t ON t.id = r.ref
   WHERE r.key = key AND t.type = 16 AND t.reference = deposit;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'deposit % has no chargeback in the ledger', deposit USING ERRCODE = 'check_violation';
  END IF;
  SELECT d.state INTO stands FROM deposits d WHERE d.id = deposit FOR NO KEY UPDATE;
  PERFORM move_deposit(deposit, CASE stands WHEN 'SETTLED' THEN 'SETTLED' ELSE 'CREDITED' END, 'DISPUTED', 'dispute', 'WEBHOOK',
    webhook, jsonb_build_object('reference', reference, 'code', code), NULL, NULL, NULL, NULL, NULL, NULL, NULL);
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

-- The deposits that a report settles with the very amount that was credited; how many.
CREATE FUNCTION settle_deposits(report bigint) RETURNS integer
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  moved integer;
BEGIN
  WITH settled AS (
    UPDATE deposits d SET state = 'SETTLED', updated_at = clock_timestamp()
      FROM settlement_lines l
     WHERE l.report_id = report AND l.kind = 'PAYMENT' AND d.psp = l.psp AND d.psp_reference = l.reference
       AND d.state = 'CREDITED' AND d.currency = l.currency AND d.credited = l.gross
    RETURNING d.id, l.number
  ), told AS (
    INSERT INTO deposit_steps (deposit_id, number, event, from_state, to_state, source, details)
    SELECT s.id, (SELECT coalesce(max(p.number), 0) + 1 FROM deposit_steps p WHERE p.deposit_id = s.id), 'settle', 'CREDITED',
           'SETTLED', 'REPORT', jsonb_build_object('report', public_id('srp', report), 'line', s.number)
      FROM settled s
    RETURNING 1
  )
  SELECT count(*) INTO moved FROM told;
  RETURN moved;
END $$;
GRANT EXECUTE ON FUNCTION settle_deposits(bigint) TO pitboss_app;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['settlement_rules', 'settlement_lines', 'bank_statements'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['settlement_reports', 'bank_entries'] LOOP
    EXECUTE format('CREATE TRIGGER no_delete BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
END $$;
GRANT UPDATE (posted_at, arrived_at) ON settlement_reports TO pitboss_app;
GRANT UPDATE (report_id) ON bank_entries TO pitboss_app;
GRANT SELECT ON cashier_ledger TO pitboss_app;
