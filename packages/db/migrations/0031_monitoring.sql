-- Rules that watch what has happened: the facts that they are judged by, what they found, and what came of it. Cases and
-- reports against money laundering stand in tables of their own, which nothing but their own pages reads.

-- What a rule asks, in versions; the newest of a code holds.
CREATE TABLE monitoring_rules (
  code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9-]{2,39}$'),
  version integer NOT NULL CHECK (version > 0),
  desk text NOT NULL CHECK (desk IN ('AML', 'RISK')),
  body jsonb NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now(),
  set_by text NOT NULL,
  reason text NOT NULL,
  approval_id bigint REFERENCES approvals,
  PRIMARY KEY (code, version),
  -- A rule against money laundering tells compliance and does nothing that a player could notice.
  CONSTRAINT aml_only_alerts CHECK (desk <> 'AML' OR body->'reaction'->>'do' = 'ALERT')
);

-- Money that came and went, one row for each event that told of it: an event that comes twice is one row.
CREATE TABLE money_facts (
  event_id text PRIMARY KEY,
  player_id bigint NOT NULL,
  at timestamptz NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  currency smallint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('DEPOSIT', 'PAYOUT', 'PAYOUT_BACK', 'CHARGEBACK')),
  instrument text,
  method text
);
CREATE INDEX money_facts_player ON money_facts (player_id, at);

-- Play by the minute. `last_event` is the newest event that was counted: what comes again has a number that is not above it.
CREATE TABLE play_minutes (
  player_id bigint NOT NULL,
  minute timestamptz NOT NULL,
  currency smallint NOT NULL,
  bets integer NOT NULL,
  staked bigint NOT NULL,
  voided integer NOT NULL,
  minimum integer NOT NULL,
  opposite integer NOT NULL,
  last_event bigint NOT NULL,
  PRIMARY KEY (player_id, minute, currency)
) WITH (fillfactor = 80);
CREATE INDEX play_minutes_age ON play_minutes USING brin (minute);

CREATE TABLE aml_cases (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'IN_REVIEW', 'ESCALATED', 'CLEARED', 'REPORTED')),
  severity text NOT NULL CHECK (severity IN ('LOW', 'MEDIUM', 'HIGH')),
  owner bigint REFERENCES staff,
  opened_at timestamptz NOT NULL DEFAULT now(),
  due_at timestamptz NOT NULL,
  decided_at timestamptz,
  decided_by text,
  CHECK ((state IN ('CLEARED', 'REPORTED')) = (decided_at IS NOT NULL)),
  CHECK (state <> 'IN_REVIEW' OR owner IS NOT NULL)
) WITH (fillfactor = 80);
-- A player's alerts gather in the one case that is open.
CREATE UNIQUE INDEX aml_cases_open ON aml_cases (player_id) WHERE state IN ('OPEN', 'IN_REVIEW', 'ESCALATED');
CREATE INDEX aml_cases_state ON aml_cases (state, id);
CREATE INDEX aml_cases_player ON aml_cases (player_id, id);

CREATE TABLE monitoring_alerts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  desk text NOT NULL CHECK (desk IN ('AML', 'RISK')),
  rule_code text NOT NULL,
  rule_version integer NOT NULL,
  player_id bigint NOT NULL REFERENCES players,
  severity text NOT NULL CHECK (severity IN ('LOW', 'MEDIUM', 'HIGH')),
  -- What made it so; with rule and player it names the alert for ever.
  trigger text NOT NULL,
  happened_at timestamptz NOT NULL,
  found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  measured jsonb NOT NULL,
  -- The facts that it rests on, as they were.
  evidence jsonb NOT NULL,
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'TAKEN', 'DISMISSED', 'CONFIRMED')),
  -- What the rule did beside the alert, and what came of it.
  reaction jsonb NOT NULL,
  case_id bigint REFERENCES aml_cases,
  due_at timestamptz NOT NULL,
  owner bigint REFERENCES staff,
  decided_at timestamptz,
  decided_by text,
  reason text,
  FOREIGN KEY (rule_code, rule_version) REFERENCES monitoring_rules (code, version),
  UNIQUE (rule_code, player_id, trigger),
  CONSTRAINT aml_alert_has_case CHECK ((desk = 'AML') = (case_id IS NOT NULL)),
  CHECK ((state IN ('DISMISSED', 'CONFIRMED')) = (decided_at IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX monitoring_alerts_desk ON monitoring_alerts (desk, state, id);
CREATE INDEX monitoring_alerts_player ON monitoring_alerts (player_id, rule_code, happened_at);
CREATE INDEX monitoring_alerts_case ON monitoring_alerts (case_id) WHERE case_id IS NOT NULL;

-- What happened to a case, in order. What people wrote is sealed.
CREATE TABLE aml_steps (
  case_id bigint NOT NULL REFERENCES aml_cases,
  number integer NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  event text NOT NULL,
  to_state text NOT NULL,
  by text NOT NULL,
  text bytea,
  PRIMARY KEY (case_id, number)
);

-- Reports of suspicious activity. The narrative, and the document as it was filed, are sealed.
CREATE TABLE sars (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id bigint NOT NULL REFERENCES aml_cases,
  state text NOT NULL DEFAULT 'DRAFT' CHECK (state IN ('DRAFT', 'FILED', 'ACKNOWLEDGED', 'DISCARDED')),
  -- The financial intelligence unit that it goes to.
  authority text NOT NULL CHECK (length(authority) BETWEEN 2 AND 80),
  indicators text[] NOT NULL,
  narrative bytea NOT NULL,
  document bytea,
  document_hash text CHECK (document_hash ~ '^[0-9a-f]{64}$'),
  drafted_at timestamptz NOT NULL DEFAULT now(),
  drafted_by bigint NOT NULL REFERENCES staff,
  updated_at timestamptz NOT NULL DEFAULT now(),
  filed_at timestamptz,
  filed_by text,
  approval_id bigint REFERENCES approvals,
  -- What the authority calls it, once it has said so.
  receipt text,
  CHECK ((state IN ('FILED', 'ACKNOWLEDGED')) = (filed_at IS NOT NULL)),
  CHECK ((state IN ('FILED', 'ACKNOWLEDGED')) = (document IS NOT NULL)),
  CHECK ((document IS NULL) = (document_hash IS NULL)),
  CHECK (filed_at IS NULL OR approval_id IS NOT NULL),
  CHECK ((state = 'ACKNOWLEDGED') = (receipt IS NOT NULL))
);
CREATE INDEX sars_case ON sars (case_id, id);
CREATE UNIQUE INDEX sars_draft ON sars (case_id) WHERE state = 'DRAFT';

-- What was filed stays as it was filed.
CREATE FUNCTION guard_sar() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.state IN ('FILED', 'ACKNOWLEDGED', 'DISCARDED')
     AND (NEW.narrative, NEW.document, NEW.document_hash, NEW.indicators, NEW.filed_at, NEW.filed_by, NEW.approval_id)
     IS DISTINCT FROM (OLD.narrative, OLD.document, OLD.document_hash, OLD.indicators, OLD.filed_at, OLD.filed_by, OLD.approval_id) THEN
    RAISE EXCEPTION 'report % is no draft', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_sar BEFORE UPDATE ON sars FOR EACH ROW EXECUTE FUNCTION guard_sar();

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['monitoring_rules', 'money_facts', 'aml_steps'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['aml_cases', 'monitoring_alerts', 'sars'] LOOP
    EXECUTE format('CREATE TRIGGER no_delete BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
END $$;
GRANT USAGE ON SEQUENCE sars_id_seq TO pitboss_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON play_minutes TO pitboss_app;
GRANT UPDATE (state, severity, owner, due_at, decided_at, decided_by) ON aml_cases TO pitboss_app;
GRANT UPDATE (state, owner, decided_at, decided_by, reason) ON monitoring_alerts TO pitboss_app;
GRANT UPDATE (state, authority, indicators, narrative, document, document_hash, updated_at, filed_at, filed_by, approval_id, receipt)
  ON sars TO pitboss_app;

-- Rules and reports take a second person of the desk.
ALTER TABLE approval_policies DISABLE TRIGGER guard_policy;
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours, most_items, most_amount) VALUES
  ('aml.rule', NULL, 0, 1, 72, NULL, NULL),
  ('aml.sar', NULL, 0, 1, 72, NULL, NULL),
  ('risk.rule', NULL, 0, 1, 72, NULL, NULL);
ALTER TABLE approval_policies ENABLE TRIGGER guard_policy;

-- What the house begins with. Where a figure is a regulator's, its source is named; the others are the house's own.
INSERT INTO monitoring_rules (code, version, desk, set_by, reason, body)
SELECT code, 1, desk, 'job:migration', 'What the house begins with.',
       jsonb_build_object('title', title, 'source', source, 'on', true, 'severity', severity, 'conditions', conditions::jsonb,
                          'reaction', reaction::jsonb, 'quietDays', quiet)
  FROM (VALUES
    ('accrued-deposits', 'AML', 'Deposits of 2,000 EUR in 180 days', 'MGA and FIAU, Implementing Procedures part II, 2.1.2', 'MEDIUM',
     '{"kind": "ACCRUED_DEPOSITS", "amount": "2000.00", "currency": "EUR", "days": 180}', '{"do": "ALERT"}', 180),
    ('uk-vulnerability', 'AML', 'Net deposits of 150 GBP in 30 days', 'UKGC, LCCP 3.4.4', 'LOW',
     '{"kind": "NET_DEPOSITS", "amount": "150.00", "currency": "GBP", "days": 30, "countries": ["GB"]}', '{"do": "ALERT"}', 365),
    ('rapid-in-out', 'AML', 'In and out again, hardly played', 'FATF, vulnerabilities of casinos, 2009', 'HIGH',
     '{"kind": "RAPID_IN_OUT", "amount": "500.00", "currency": "EUR", "hours": 48, "outPercent": 80, "playedBelowPercent": 50}', '{"do": "ALERT"}', 7),
    ('structuring', 'AML', 'Deposits just below 2,000 EUR', 'Directive (EU) 2015/849 art. 11 (d)', 'HIGH',
     '{"kind": "STRUCTURING", "threshold": "2000.00", "currency": "EUR", "bandPercent": 15, "count": 3, "days": 7}', '{"do": "ALERT"}', 30),
    ('method-mismatch', 'AML', 'Paid out to where nothing came from', 'FATF, vulnerabilities of casinos, 2009', 'MEDIUM',
     '{"kind": "METHOD_MISMATCH", "amount": "100.00", "currency": "EUR", "days": 180}', '{"do": "ALERT"}', 30),
    ('dormant-active', 'AML', 'Awake after half a year, with 1,000 EUR', '', 'MEDIUM',
     '{"kind": "DORMANT_ACTIVE", "dormantDays": 180, "amount": "1000.00", "currency": "EUR", "days": 7}', '{"do": "ALERT"}', 90),
    ('accounts-on-device', 'AML', 'Three accounts on one device', '', 'MEDIUM',
     '{"kind": "SHARED_DEVICE", "accounts": 3}', '{"do": "ALERT"}', 90),
    ('bet-burst', 'RISK', '300 bets in a minute', '', 'MEDIUM',
     '{"kind": "BET_BURST", "bets": 300, "minutes": 1}', '{"do": "ALERT"}', 1),
    ('many-voids', 'RISK', '20 voided bets in a day, a fifth of all', '', 'MEDIUM',
     '{"kind": "MANY_VOIDS", "voids": 20, "sharePercent": 20, "minutes": 1440}', '{"do": "ALERT"}', 1),
    ('minimum-bets', 'RISK', '500 bets in an hour, nearly all the smallest', '', 'LOW',
     '{"kind": "MINIMUM_BETS", "bets": 500, "sharePercent": 95, "minutes": 60}', '{"do": "TAG", "tag": "minimum-bets"}', 7),
    ('opposite-bets', 'RISK', 'Opposite bets in 20 rounds of an hour', '', 'MEDIUM',
     '{"kind": "OPPOSITE_BETS", "rounds": 20, "minutes": 60}', '{"do": "TAG", "tag": "opposite-bets"}', 7),
    ('shared-device', 'RISK', 'Two accounts on one device', '', 'LOW',
     '{"kind": "SHARED_DEVICE", "accounts": 2}', '{"do": "ALERT"}', 30),
    ('shared-instrument', 'RISK', 'Two accounts on one payment instrument', '', 'MEDIUM',
     '{"kind": "SHARED_INSTRUMENT", "accounts": 2}', '{"do": "TAG", "tag": "shared-instrument"}', 30)
  ) AS rule (code, desk, title, source, severity, conditions, reaction, quiet);
