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
  reference text NOT NULL CHECK (length(reference) BETWEEN 1 AND 200),
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
  -- Of what it says, whichever file said it: the same payout told again is no other one.
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  object text NOT NULL,
  imported_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  imported_by text NOT NULL,
  -- When the ledger had its fees, reserve and payout.
  posted_at timestamptz,
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
  -- The account at the bank, by its IBAN: also its name in the ledger.
  account text NOT NULL,
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
  -- The provider's payout that it is, and when the ledger had that it arrived.
  report_id bigint REFERENCES settlement_reports,
  posted_at timestamptz,
  PRIMARY KEY (statement_id, number)
);
CREATE UNIQUE INDEX bank_entries_report ON bank_entries (report_id) WHERE report_id IS NOT NULL;
CREATE INDEX bank_entries_open ON bank_entries (booked_on) WHERE report_id IS NULL;
CREATE INDEX bank_entries_unposted ON bank_entries (report_id) WHERE report_id IS NOT NULL AND posted_at IS NULL;

-- What the ledger has of money with payment providers, one row a transaction. A deposit, payout or chargeback stands
-- here exactly where the ledger has its posting; the database's own functions hold that. Payments to affiliates keep no
-- number of their transaction: their row has the number that a transaction of that instant begins at.
CREATE VIEW cashier_ledger AS
  SELECT d.psp, 'PAYMENT' AS kind, d.psp_reference AS reference, 'dep' AS subject_kind, d.id AS subject, d.currency,
         d.credited AS amount, d.psp_fee AS fee, d.transaction_id
    FROM deposits d WHERE d.transaction_id IS NOT NULL
  UNION ALL
  SELECT p.psp, 'PAYOUT', p.psp_reference, 'pay', p.id, p.currency, -p.amount, 0, p.settle_id
    FROM payouts p WHERE p.settle_id IS NOT NULL
  UNION ALL
  SELECT p.psp, 'PAYOUT_RETURN', p.psp_reference, 'pay', p.id, p.currency, p.amount, 0, p.release_id
    FROM payouts p WHERE p.settle_id IS NOT NULL AND p.release_id IS NOT NULL
  UNION ALL
  SELECT c.psp, 'CHARGEBACK', c.psp_reference, 'cb', c.id, c.currency, -c.amount, 0, c.transaction_id FROM chargebacks c
  UNION ALL
  SELECT c.psp, 'CHARGEBACK_REVERSAL', c.psp_reference, 'cb', c.id, c.currency, c.amount, 0, c.reversal_id
    FROM chargebacks c WHERE c.reversal_id IS NOT NULL
  UNION ALL
  SELECT a.psp, 'PAYOUT', a.psp_reference, 'afp', a.id, a.currency, -a.amount, 0, first_transaction_id_at(s.at)
    FROM affiliate_payments a JOIN affiliate_payment_steps s ON s.payment_id = a.id AND s.state = 'PAID'
  UNION ALL
  SELECT a.psp, 'PAYOUT_RETURN', a.psp_reference, 'afp', a.id, a.currency, a.amount, 0, first_transaction_id_at(r.at)
    FROM affiliate_payments a JOIN affiliate_payment_steps s ON s.payment_id = a.id AND s.state = 'PAID'
    JOIN affiliate_payment_steps r ON r.payment_id = a.id AND r.state = 'RETURNED' AND r.number > s.number;
CREATE INDEX affiliate_payments_reference ON affiliate_payments (psp, psp_reference) WHERE psp_reference IS NOT NULL;

-- Which entries of bank statements something of the house explains. Another kind of money at the bank adds its part.
CREATE VIEW bank_explained AS
  SELECT e.statement_id, e.number FROM bank_entries e WHERE e.report_id IS NOT NULL;

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

-- The deposits that a report settles with the very amount that was credited; how many. Without a report those of every
-- report since then, for what was credited after its report had come.
CREATE FUNCTION settle_deposits(report bigint, since timestamptz) RETURNS integer
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  moved integer;
BEGIN
  WITH due AS MATERIALIZED (
    SELECT DISTINCT ON (d.id) d.id, l.report_id, l.number
      FROM settlement_lines l JOIN deposits d ON d.psp = l.psp AND d.psp_reference = l.reference
     WHERE l.kind = 'PAYMENT' AND d.state = 'CREDITED' AND d.currency = l.currency AND d.credited = l.gross
       AND CASE WHEN report IS NULL THEN l.booked_at >= since ELSE l.report_id = report END
     ORDER BY d.id, l.report_id, l.number
  ), settled AS (
    UPDATE deposits d SET state = 'SETTLED', updated_at = clock_timestamp()
      FROM due WHERE d.id = due.id AND d.state = 'CREDITED'
    RETURNING d.id, due.report_id, due.number
  ), told AS (
    INSERT INTO deposit_steps (deposit_id, number, event, from_state, to_state, source, details)
    SELECT s.id, (SELECT coalesce(max(p.number), 0) + 1 FROM deposit_steps p WHERE p.deposit_id = s.id), 'settle', 'CREDITED',
           'SETTLED', 'REPORT', jsonb_build_object('report', public_id('srp', s.report_id), 'line', s.number)
      FROM settled s
    RETURNING 1
  )
  SELECT count(*) INTO moved FROM told;
  RETURN moved;
END $$;
GRANT EXECUTE ON FUNCTION settle_deposits(bigint, timestamptz) TO pitboss_app;

-- The provider's payout behind each entry that names it, by what the payer gave along or by what people matched; a payout
-- arrives once. How many were found.
CREATE FUNCTION link_bank_entries() RETURNS integer
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  linked integer;
BEGIN
  WITH named AS (
    SELECT e.statement_id, e.number, e.amount, s.currency, w.word
      FROM bank_entries e JOIN bank_statements s ON s.id = e.statement_id
     CROSS JOIN LATERAL (
       SELECT e.end_to_end_id AS word WHERE e.end_to_end_id IS NOT NULL
       UNION SELECT regexp_split_to_table(coalesce(e.remittance, ''), '[^A-Za-z0-9_-]+')) w
     WHERE e.report_id IS NULL AND w.word <> ''
  ), candidates AS (
    SELECT n.statement_id, n.number, r.id AS report, 1 AS rank
      FROM named n JOIN settlement_reports r ON r.reference = n.word AND r.currency = n.currency
     WHERE r.paid_out <> 0 AND sign(r.paid_out) = sign(n.amount)
    UNION ALL
    SELECT e.statement_id, e.number, r.id, 0
      FROM recon_matches m
      JOIN bank_entries e ON m.theirs = public_id('bst', e.statement_id) || '/' || e.number
      JOIN settlement_reports r ON m.ours = public_id('srp', r.id)
     WHERE m.source = 'cashier' AND m.theirs LIKE 'bst\_%' AND e.report_id IS NULL
  ), free AS (
    SELECT c.* FROM candidates c WHERE NOT EXISTS (SELECT FROM bank_entries o WHERE o.report_id = c.report)
  ), first AS (
    SELECT DISTINCT ON (report) report, statement_id, number FROM free ORDER BY report, rank, statement_id, number
  ), chosen AS (
    SELECT DISTINCT ON (statement_id, number) statement_id, number, report FROM first ORDER BY statement_id, number, report
  ), done AS (
    UPDATE bank_entries e SET report_id = c.report FROM chosen c
     WHERE e.statement_id = c.statement_id AND e.number = c.number AND e.report_id IS NULL
    RETURNING 1
  )
  SELECT count(*) INTO linked FROM done;
  RETURN linked;
END $$;
GRANT EXECUTE ON FUNCTION link_bank_entries() TO pitboss_app;

-- A run of several scopes says of each break which one it is of.
CREATE OR REPLACE FUNCTION record_breaks(run bigint, listed jsonb) RETURNS TABLE (opened integer, reopened integer)
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  about recon_runs;
BEGIN
  SELECT * INTO about FROM recon_runs r WHERE r.id = record_breaks.run;
  WITH found_breaks AS MATERIALIZED (
    SELECT f.key, f.scope, f.type, f.subject, f.expected, f.expected_currency, f.got, f.got_currency, f.happened_at
      FROM jsonb_to_recordset(record_breaks.listed) AS f (key text, scope text, type text, subject jsonb, expected bigint,
           expected_currency smallint, got bigint, got_currency smallint, happened_at timestamptz)
  ), known AS MATERIALIZED (
    SELECT b.id, b.state, b.approval_id, (b.expected, b.expected_currency, b.got, b.got_currency)
           IS DISTINCT FROM (f.expected, f.expected_currency, f.got, f.got_currency) AS differs,
           f.*
      FROM found_breaks f JOIN breaks b ON b.source = about.source AND b.key = f.key
     ORDER BY b.id FOR NO KEY UPDATE OF b
  ), updated AS (
    UPDATE breaks b
       SET last_run = about.id, expected = k.expected, expected_currency = k.expected_currency, got = k.got,
           got_currency = k.got_currency, type = k.type, subject = k.subject,
           state = CASE WHEN k.state = 'CLEARED' OR (k.differs AND k.state IN ('RESOLVED', 'WRITTEN_OFF')) THEN 'REOPENED'
                        WHEN k.differs AND k.state = 'PROPOSED' THEN 'ASSIGNED' ELSE k.state END,
           approval_id = CASE WHEN k.state = 'CLEARED' OR (k.differs AND k.state IN ('RESOLVED', 'WRITTEN_OFF', 'PROPOSED'))
                              THEN NULL ELSE k.approval_id END,
           closed_at = CASE WHEN k.state = 'CLEARED' OR (k.differs AND k.state IN ('RESOLVED', 'WRITTEN_OFF')) THEN NULL
                            ELSE b.closed_at END
      FROM known k WHERE b.id = k.id
    RETURNING b.id, k.state AS before, b.state AS after
  ), told AS (
    INSERT INTO break_steps (break_id, number, event, to_state, actor, details)
    SELECT u.id, (SELECT coalesce(max(s.number), 0) + 1 FROM break_steps s WHERE s.break_id = u.id),
           CASE u.after WHEN 'REOPENED' THEN 'reopen' ELSE 'change' END, u.after, 'job:reconcile',
           jsonb_build_object('run', public_id('rec', about.id))
      FROM updated u WHERE u.before <> u.after
    RETURNING to_state
  ), made AS (
    INSERT INTO breaks (source, scope, type, key, subject, expected, expected_currency, got, got_currency, happened_at,
                        first_run, last_run)
    SELECT about.source, coalesce(f.scope, about.scope), f.type, f.key, f.subject, f.expected, f.expected_currency, f.got, f.got_currency,
           f.happened_at, about.id, about.id
      FROM found_breaks f WHERE NOT EXISTS (SELECT FROM known k WHERE k.key = f.key)
     ORDER BY f.happened_at, f.key
    RETURNING id
  ), begun AS (
    INSERT INTO break_steps (break_id, number, event, to_state, actor, details)
    SELECT m.id, 1, 'find', 'OPEN', 'job:reconcile', jsonb_build_object('run', public_id('rec', about.id)) FROM made m
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM begun), (SELECT count(*) FROM told WHERE to_state = 'REOPENED') INTO opened, reopened;
  RETURN NEXT;
END $$;

DROP FUNCTION clear_breaks(bigint);
-- What a run did not find again has gone by itself; how many. It looked at money that moved since then. A run of 'all'
-- has looked at every scope.
CREATE FUNCTION clear_breaks(run bigint, since timestamptz) RETURNS integer
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  about recon_runs;
  gone integer;
BEGIN
  SELECT * INTO about FROM recon_runs r WHERE r.id = run;
  WITH cleared AS (
    UPDATE breaks b SET state = 'CLEARED', closed_at = clock_timestamp(), approval_id = NULL
     WHERE b.source = about.source AND (about.scope = 'all' OR b.scope = about.scope) AND b.last_run < about.id
       AND b.happened_at >= since
       AND b.state IN ('OPEN', 'ASSIGNED', 'PROPOSED', 'REOPENED')
    RETURNING b.id
  ), told AS (
    INSERT INTO break_steps (break_id, number, event, to_state, actor, details)
    SELECT c.id, (SELECT coalesce(max(s.number), 0) + 1 FROM break_steps s WHERE s.break_id = c.id), 'clear', 'CLEARED',
           'job:reconcile', jsonb_build_object('run', public_id('rec', about.id))
      FROM cleared c
    RETURNING 1
  )
  SELECT count(*) INTO gone FROM told;
  RETURN gone;
END $$;
GRANT EXECUTE ON FUNCTION clear_breaks(bigint, timestamptz) TO pitboss_app;

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
GRANT UPDATE (posted_at) ON settlement_reports TO pitboss_app;
GRANT UPDATE (report_id, posted_at) ON bank_entries TO pitboss_app;
GRANT SELECT ON cashier_ledger, bank_explained TO pitboss_app;
