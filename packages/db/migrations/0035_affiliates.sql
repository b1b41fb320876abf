-- Affiliates: who they are, their codes and clicks, to whom players belong, plans, statements and payments.
CREATE TABLE affiliates (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 2 AND 120),
  email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  -- A suspended affiliate's players stay theirs and earn; no new ones come, and nothing is paid.
  status text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'SUSPENDED')),
  -- Below this nothing is paid yet; minor units of the currency that reports are in.
  least_payment bigint NOT NULL DEFAULT 0 CHECK (least_payment >= 0),
  -- Where money goes: a payout rail, its token, and what people see of it. Each change has a number.
  payee_psp text,
  payee_token text,
  payee_label text,
  payee_version integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  CHECK ((payee_psp IS NULL) = (payee_token IS NULL) AND (payee_psp IS NULL) = (payee_label IS NULL))
);
CREATE UNIQUE INDEX affiliates_name ON affiliates (lower(name));

CREATE TABLE affiliate_codes (
  code text PRIMARY KEY CHECK (code ~ '^[a-z0-9][a-z0-9-]{2,39}$'),
  affiliate_id bigint NOT NULL REFERENCES affiliates,
  label text NOT NULL CHECK (length(label) BETWEEN 1 AND 80),
  -- Where its link leads.
  landing text NOT NULL CHECK (landing ~ '^https?://'),
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX affiliate_codes_affiliate ON affiliate_codes (affiliate_id);

-- A click names no person: no address and no device is kept.
CREATE TABLE affiliate_clicks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL REFERENCES affiliate_codes,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The affiliate's own word for where on its site the link stood.
  sub text CHECK (length(sub) <= 80)
);
CREATE INDEX affiliate_clicks_code ON affiliate_clicks (code, at);

-- The rule of the house; the newest row that has begun holds.
CREATE TABLE attribution_rules (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  model text NOT NULL CHECK (model IN ('FIRST', 'LAST')),
  window_days integer NOT NULL CHECK (window_days BETWEEN 1 AND 365),
  effective_from timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  reason text NOT NULL
);
INSERT INTO attribution_rules (model, window_days, effective_from, actor, reason)
VALUES ('LAST', 30, '2025-01-01T00:00:00Z', 'system:install', 'The usual rule: the last click of thirty days');

-- To whom a player belongs, and from when to when. A stretch without an affiliate has a row as well, where a person said so.
CREATE TABLE affiliate_players (
  player_id bigint NOT NULL REFERENCES players,
  since timestamptz NOT NULL,
  until timestamptz CHECK (until > since),
  affiliate_id bigint REFERENCES affiliates,
  code text,
  click_id bigint,
  source text NOT NULL CHECK (source IN ('REGISTRATION', 'STAFF')),
  actor text NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (player_id, since)
);
CREATE UNIQUE INDEX affiliate_players_now ON affiliate_players (player_id) WHERE until IS NULL;
CREATE INDEX affiliate_players_affiliate ON affiliate_players (affiliate_id, since) WHERE affiliate_id IS NOT NULL;

-- The plan of an affiliate from a month on; the highest version that has begun holds.
CREATE TABLE affiliate_plans (
  affiliate_id bigint NOT NULL REFERENCES affiliates,
  version integer NOT NULL CHECK (version > 0),
  from_month date NOT NULL CHECK (extract(day FROM from_month) = 1),
  plan jsonb NOT NULL,
  actor text NOT NULL,
  reason text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (affiliate_id, version)
);

CREATE TABLE affiliate_statements (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  affiliate_id bigint NOT NULL REFERENCES affiliates,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  version integer NOT NULL CHECK (version > 0),
  state text NOT NULL CHECK (state IN ('OPEN', 'NIL', 'APPROVED', 'REPLACED')),
  currency smallint NOT NULL,
  total bigint NOT NULL CHECK (total >= 0),
  -- The total, less what was approved of this month before.
  due bigint NOT NULL,
  carried_out bigint NOT NULL CHECK (carried_out <= 0),
  body jsonb NOT NULL,
  -- SHA-256 of the body with what is due.
  hash bytea NOT NULL,
  -- What it was made of: the revisions of the month's days, and the statement before it.
  basis text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  reason text NOT NULL,
  approved_at timestamptz,
  approved_by text,
  transaction_id bigint,
  UNIQUE (affiliate_id, month, version),
  CHECK ((state = 'NIL') <= (due = 0)),
  CHECK ((state = 'APPROVED') = (transaction_id IS NOT NULL))
);
CREATE UNIQUE INDEX affiliate_statements_open ON affiliate_statements (affiliate_id, month) WHERE state IN ('OPEN', 'NIL');

-- A player is paid for once, whatever is restated and whoever they belong to later.
CREATE TABLE affiliate_cpas (
  player_id bigint PRIMARY KEY REFERENCES players,
  affiliate_id bigint NOT NULL REFERENCES affiliates,
  month date NOT NULL,
  statement_id bigint NOT NULL REFERENCES affiliate_statements
);
CREATE INDEX affiliate_cpas_month ON affiliate_cpas (affiliate_id, month);

CREATE TABLE affiliate_payments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  affiliate_id bigint NOT NULL REFERENCES affiliates,
  currency smallint NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  psp text NOT NULL,
  token text NOT NULL,
  label text NOT NULL,
  payee_version integer NOT NULL,
  state text NOT NULL DEFAULT 'APPROVED' CHECK (state IN ('APPROVED', 'SUBMITTED', 'UNKNOWN', 'PAID', 'RETURNED')),
  request_key uuid NOT NULL UNIQUE,
  psp_reference text,
  failure text,
  created_at timestamptz NOT NULL DEFAULT now(),
  first_sent_at timestamptz,
  last_sent_at timestamptz,
  work_at timestamptz DEFAULT now(),
  ended_at timestamptz,
  -- A person said that what came back may be sent anew.
  released_at timestamptz
);
CREATE UNIQUE INDEX affiliate_payments_open ON affiliate_payments (affiliate_id) WHERE state IN ('APPROVED', 'SUBMITTED', 'UNKNOWN');
CREATE INDEX affiliate_payments_work ON affiliate_payments (work_at) WHERE state IN ('APPROVED', 'SUBMITTED', 'UNKNOWN');
CREATE INDEX affiliate_payments_affiliate ON affiliate_payments (affiliate_id, id);

CREATE TABLE affiliate_payment_steps (
  payment_id bigint NOT NULL REFERENCES affiliate_payments,
  number integer NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  state text NOT NULL,
  actor text NOT NULL,
  note text,
  PRIMARY KEY (payment_id, number)
);

-- Approves a statement in the transaction of its posting: to exactly this content, in the order of months, and with each
-- player paid for once.
CREATE FUNCTION approve_affiliate_statement(statement bigint, content_hash bytea, key uuid, by_whom text) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  found affiliate_statements;
  posted bigint;
BEGIN
  SELECT * INTO found FROM affiliate_statements s WHERE s.id = statement FOR UPDATE;
  IF found.state IS DISTINCT FROM 'OPEN' OR found.hash <> content_hash THEN
    RAISE EXCEPTION 'statement % is not open any more', statement USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM affiliate_statements s WHERE s.affiliate_id = found.affiliate_id AND s.month < found.month AND s.state = 'OPEN') THEN
    RAISE EXCEPTION 'an earlier month than that of statement % is open', statement USING ERRCODE = 'check_violation';
  END IF;
  SELECT r.ref INTO posted FROM requests r JOIN transactions t ON t.id = r.ref
   WHERE r.key = approve_affiliate_statement.key AND t.type = 40 AND t.reference = statement;
  IF posted IS NULL THEN
    RAISE EXCEPTION 'statement % has no posting', statement USING ERRCODE = 'check_violation';
  END IF;
  UPDATE affiliate_statements SET state = 'APPROVED', approved_at = clock_timestamp(), approved_by = by_whom, transaction_id = posted
   WHERE id = statement;
  DELETE FROM affiliate_cpas WHERE affiliate_id = found.affiliate_id AND month = found.month;
  -- One who was paid for in another month, or to another affiliate, is a conflict of the key: nothing of it stands.
  INSERT INTO affiliate_cpas (player_id, affiliate_id, month, statement_id)
  SELECT read_public_id(player->>'playerId'), found.affiliate_id, found.month, statement
    FROM jsonb_array_elements(found.body->'cpa'->'players') player;
END $$;

-- The number behind a public id, as packages/domain/src/kernel/public-id.ts reads it.
CREATE FUNCTION read_public_id(id text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT sum((strpos('0123456789abcdefghjkmnpqrstvwxyz', digit) - 1)::numeric * (32::numeric ^ (length(tail) - place)))::bigint
    FROM (SELECT split_part(id, '_', 2) AS tail) parts, unnest(string_to_array(tail, NULL)) WITH ORDINALITY AS digits(digit, place)
$$;

-- A step of a payment; one that moves money runs in the transaction of its posting.
CREATE FUNCTION move_affiliate_payment(
  payment bigint, seen text, becomes text, actor text, note text, reference text, key uuid, wait_ms bigint
) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM (VALUES ('APPROVED', 'SUBMITTED'), ('SUBMITTED', 'SUBMITTED'), ('SUBMITTED', 'UNKNOWN'), ('SUBMITTED', 'PAID'),
      ('SUBMITTED', 'RETURNED'), ('UNKNOWN', 'UNKNOWN'), ('UNKNOWN', 'SUBMITTED'), ('UNKNOWN', 'PAID'), ('UNKNOWN', 'RETURNED'),
      ('PAID', 'RETURNED')) AS step(of, goes) WHERE of = seen AND goes = becomes) THEN
    RAISE EXCEPTION 'a payment that is % does not become %', seen, becomes USING ERRCODE = 'check_violation';
  END IF;
  IF (becomes = 'PAID' OR (seen = 'PAID' AND becomes = 'RETURNED')) AND NOT EXISTS (
      SELECT FROM requests r JOIN transactions t ON t.id = r.ref WHERE r.key = move_affiliate_payment.key AND t.type = 41 AND t.reference = payment) THEN
    RAISE EXCEPTION 'payment % has no posting for %', payment, becomes USING ERRCODE = 'check_violation';
  END IF;
  UPDATE affiliate_payments p
     SET state = becomes,
         psp_reference = coalesce(p.psp_reference, reference),
         failure = CASE WHEN becomes = 'RETURNED' THEN note ELSE p.failure END,
         first_sent_at = CASE WHEN becomes = 'SUBMITTED' AND reference IS NULL THEN coalesce(p.first_sent_at, clock_timestamp()) ELSE p.first_sent_at END,
         last_sent_at = CASE WHEN becomes = 'SUBMITTED' AND reference IS NULL THEN clock_timestamp() ELSE p.last_sent_at END,
         work_at = CASE WHEN becomes IN ('PAID', 'RETURNED') THEN NULL ELSE clock_timestamp() + wait_ms * interval '1 millisecond' END,
         ended_at = CASE WHEN becomes IN ('PAID', 'RETURNED') THEN clock_timestamp() END
   WHERE p.id = payment AND p.state = seen;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'payment % is no longer %', payment, seen USING ERRCODE = 'serialization_failure';
  END IF;
  INSERT INTO affiliate_payment_steps (payment_id, number, state, actor, note)
  SELECT payment, count(*) + 1, becomes, move_affiliate_payment.actor, move_affiliate_payment.note FROM affiliate_payment_steps s WHERE s.payment_id = payment;
END $$;

GRANT SELECT, INSERT ON affiliates, affiliate_codes, affiliate_clicks, attribution_rules, affiliate_players, affiliate_plans,
  affiliate_statements, affiliate_cpas, affiliate_payments, affiliate_payment_steps TO pitboss_app;
GRANT DELETE ON affiliate_cpas TO pitboss_app;
GRANT UPDATE (status, least_payment, email, payee_psp, payee_token, payee_label, payee_version) ON affiliates TO pitboss_app;
GRANT UPDATE (active, label, landing) ON affiliate_codes TO pitboss_app;
GRANT UPDATE (until) ON affiliate_players TO pitboss_app;
GRANT UPDATE (state, basis, approved_at, approved_by, transaction_id) ON affiliate_statements TO pitboss_app;
GRANT UPDATE (state, psp_reference, failure, first_sent_at, last_sent_at, work_at, ended_at, released_at) ON affiliate_payments TO pitboss_app;
GRANT EXECUTE ON FUNCTION approve_affiliate_statement(bigint, bytea, uuid, text), read_public_id(text),
  move_affiliate_payment(bigint, text, text, text, text, text, uuid, bigint) TO pitboss_app;

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['affiliate_clicks', 'attribution_rules', 'affiliate_plans', 'affiliate_payment_steps'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
  END LOOP;
END $$;

-- A statement, and where an affiliate's money goes, take a second person.
ALTER TABLE approval_policies DISABLE TRIGGER guard_policy;
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours, most_items, most_amount) VALUES
  ('affiliate.statement', NULL, 0, 1, 168, NULL, NULL),
  ('affiliate.payee', NULL, 0, 1, 72, NULL, NULL);
ALTER TABLE approval_policies ENABLE TRIGGER guard_policy;
