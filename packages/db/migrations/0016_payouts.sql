-- Payouts: money that leaves the house, from the request to the provider's word that it arrived.

-- How much needs whose yes, by currency, from a date on. The newest row that is in force holds. Amounts are minor units.
-- Rows are added by the house's own migrations or its database's owner; the engine can only read them.
CREATE TABLE payout_policies (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3,4}$'),
  effective_from timestamptz NOT NULL,
  min_amount bigint NOT NULL CHECK (min_amount > 0),
  max_amount bigint NOT NULL,
  auto_below bigint NOT NULL CHECK (auto_below >= 0),
  two_from bigint NOT NULL CHECK (two_from > 0),
  low_risk_below smallint NOT NULL CHECK (low_risk_below BETWEEN 0 AND 101),
  most_a_day integer NOT NULL CHECK (most_a_day > 0),
  day_amount bigint NOT NULL CHECK (day_amount > 0),
  turnover_percent integer NOT NULL CHECK (turnover_percent BETWEEN 0 AND 1000),
  fresh_hours integer NOT NULL CHECK (fresh_hours >= 0),
  kyc_from bigint NOT NULL CHECK (kyc_from >= 0),
  review_minutes integer NOT NULL CHECK (review_minutes > 0),
  second_minutes integer NOT NULL CHECK (second_minutes > 0),
  send_minutes integer NOT NULL CHECK (send_minutes > 0),
  paid_minutes integer NOT NULL CHECK (paid_minutes > 0),
  CHECK (max_amount >= min_amount),
  CHECK (two_from >= auto_below)
);
CREATE INDEX payout_policies_currency ON payout_policies (currency, effective_from);
INSERT INTO payout_policies (currency, effective_from, min_amount, max_amount, auto_below, two_from, low_risk_below, most_a_day,
                             day_amount, turnover_percent, fresh_hours, kyc_from, review_minutes, second_minutes,
                             send_minutes, paid_minutes)
SELECT currency, TIMESTAMPTZ '2025-01-01 00:00:00+00', 10 * unit, 50000 * unit, 500 * unit, 5000 * unit, 30, 5, 5000 * unit,
       100, 24, 2000 * unit, 240, 240, 5, 4320
  FROM (VALUES ('EUR', 100), ('USD', 100), ('GBP', 100), ('CHF', 100), ('CAD', 100), ('SEK', 1000), ('NOK', 1000),
               ('DKK', 1000), ('JPY', 150)) AS policy (currency, unit);

-- Whether a player may take a payout back, by where they live; '**' is everywhere else. UK: RTS 14, since 31 October 2025
-- and by the remote licence's own condition before, no reversal of a withdrawal.
CREATE TABLE payout_jurisdictions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  country text NOT NULL CHECK (country ~ '^([A-Z]{2}|\*\*)$'),
  effective_from timestamptz NOT NULL,
  may_cancel boolean NOT NULL
);
CREATE INDEX payout_jurisdictions_country ON payout_jurisdictions (country, effective_from);
INSERT INTO payout_jurisdictions (country, effective_from, may_cancel) VALUES
  ('**', TIMESTAMPTZ '2025-01-01 00:00:00+00', true),
  ('GB', TIMESTAMPTZ '2025-01-01 00:00:00+00', false);

-- Whether an instrument is the player's, as a person has found; the newest row holds. A credited deposit says so by itself.
CREATE TABLE instrument_verdicts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  instrument_id bigint NOT NULL REFERENCES instruments,
  verified boolean NOT NULL,
  staff_id bigint NOT NULL REFERENCES staff,
  reason text NOT NULL CHECK (length(reason) >= 5),
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX instrument_verdicts_instrument ON instrument_verdicts (instrument_id, id);
CREATE INDEX instruments_player ON instruments (player_id, id);

-- The table of states, the same as in packages/domain/src/cashier/payout-machine.ts (a test compares).
CREATE TABLE payout_transitions (
  from_state text NOT NULL,
  event text NOT NULL,
  to_state text NOT NULL,
  -- What the ledger has to post in the same transaction: 8 WITHDRAW_SETTLE, 9 WITHDRAW_RELEASE; null is nothing.
  posts smallint,
  PRIMARY KEY (from_state, event)
);
INSERT INTO payout_transitions VALUES
  ('REQUESTED', 'check', 'CHECKING', NULL), ('REQUESTED', 'cancel', 'CANCELLED', 9),
  ('CHECKING', 'approveAuto', 'AUTO_APPROVED', NULL), ('CHECKING', 'review', 'IN_REVIEW', NULL),
  ('CHECKING', 'cancel', 'CANCELLED', 9),
  ('IN_REVIEW', 'approveFirst', 'FIRST_APPROVED', NULL), ('IN_REVIEW', 'recheck', 'IN_REVIEW', NULL),
  ('IN_REVIEW', 'reject', 'REJECTED', 9), ('IN_REVIEW', 'cancel', 'CANCELLED', 9),
  ('FIRST_APPROVED', 'approve', 'APPROVED', NULL), ('FIRST_APPROVED', 'recheck', 'IN_REVIEW', NULL),
  ('FIRST_APPROVED', 'reject', 'REJECTED', 9), ('FIRST_APPROVED', 'cancel', 'CANCELLED', 9),
  ('AUTO_APPROVED', 'submit', 'SUBMITTED', NULL), ('AUTO_APPROVED', 'recall', 'IN_REVIEW', NULL),
  ('AUTO_APPROVED', 'cancel', 'CANCELLED', 9),
  ('APPROVED', 'submit', 'SUBMITTED', NULL), ('APPROVED', 'recall', 'IN_REVIEW', NULL),
  ('APPROVED', 'cancel', 'CANCELLED', 9),
  ('SUBMITTED', 'acknowledge', 'SUBMITTED', NULL), ('SUBMITTED', 'lose', 'UNKNOWN', NULL),
  ('SUBMITTED', 'pay', 'PAID', 8), ('SUBMITTED', 'return', 'RETURNED', 9),
  ('UNKNOWN', 'acknowledge', 'SUBMITTED', NULL), ('UNKNOWN', 'resubmit', 'SUBMITTED', NULL),
  ('UNKNOWN', 'pay', 'PAID', 8), ('UNKNOWN', 'return', 'RETURNED', 9),
  ('PAID', 'returnPaid', 'RETURNED', 9);

CREATE TABLE payouts (
  id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  instrument_id bigint NOT NULL REFERENCES instruments,
  -- Also the key under which the provider takes it once.
  request_key uuid NOT NULL UNIQUE,
  request_id text NOT NULL,
  body_hash bigint NOT NULL,
  trace_id uuid NOT NULL,
  psp text NOT NULL,
  method text NOT NULL CHECK (method IN ('CARD')),
  currency smallint NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  -- Where the player lived when they asked: what they may do follows from it.
  country text NOT NULL,
  device_id bigint,
  forfeit_accepted boolean NOT NULL DEFAULT false,
  state text NOT NULL DEFAULT 'REQUESTED',
  policy_id bigint NOT NULL REFERENCES payout_policies,
  -- Each check by its name, with its version, what it was given and what it said.
  checks jsonb NOT NULL,
  score smallint NOT NULL DEFAULT 0 CHECK (score BETWEEN 0 AND 100),
  -- How many different people have to say yes; null until it was judged.
  people smallint CHECK (people BETWEEN 0 AND 2),
  -- Exactly what people say yes to, and its hash as approvals have it.
  content jsonb,
  content_hash bytea CHECK (length(content_hash) = 32),
  -- The proposal under which people say yes to this content.
  approval_id bigint REFERENCES approvals,
  psp_reference text,
  failure jsonb,
  -- What the player is told of a rejection.
  rejection text,
  hold_id bigint NOT NULL UNIQUE,
  settle_id bigint UNIQUE,
  release_id bigint UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- Since when it is where it is, and by when it should have left there; null where nothing more is expected.
  stage_at timestamptz NOT NULL DEFAULT now(),
  due_at timestamptz,
  -- When the worker looks at it next; null where it waits for a person, or for nothing.
  work_at timestamptz,
  worked integer NOT NULL DEFAULT 0,
  sent_at timestamptz,
  last_sent_at timestamptz,
  claimed_by bigint REFERENCES staff,
  claimed_until timestamptz,
  snoozed_until timestamptz,
  CONSTRAINT paid_has_transaction CHECK (state <> 'PAID' OR settle_id IS NOT NULL),
  CONSTRAINT given_back_has_transaction CHECK ((state IN ('REJECTED', 'RETURNED', 'CANCELLED')) = (release_id IS NOT NULL)),
  CONSTRAINT judged_has_content CHECK ((people IS NULL) = (content_hash IS NULL)),
  CONSTRAINT claim_has_end CHECK ((claimed_by IS NULL) = (claimed_until IS NULL))
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX payouts_reference ON payouts (psp, psp_reference) WHERE psp_reference IS NOT NULL;
CREATE INDEX payouts_player ON payouts (player_id, id);
CREATE INDEX payouts_instrument ON payouts (instrument_id, id);
CREATE INDEX payouts_state ON payouts (state, id);
CREATE INDEX payouts_work ON payouts (work_at) WHERE work_at IS NOT NULL;
-- The queue, in the order in which it is worked.
CREATE INDEX payouts_queue ON payouts (due_at, score DESC, id) WHERE state IN ('IN_REVIEW', 'FIRST_APPROVED');
CREATE INDEX payouts_open ON payouts (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE payout_steps (
  payout_id bigint NOT NULL REFERENCES payouts,
  number smallint NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  event text NOT NULL,
  from_state text,
  to_state text NOT NULL,
  -- Who brought it about: the player's request, a rule, a person, the worker, a webhook, or our own question.
  source text NOT NULL CHECK (source IN ('REQUEST', 'RULE', 'STAFF', 'WORKER', 'WEBHOOK', 'QUERY')),
  actor text,
  webhook_id bigint,
  details jsonb,
  PRIMARY KEY (payout_id, number)
);

-- Every time that a provider was asked to pay, written before it was asked. One without an end was cut off, and nobody
-- knows what became of it until the provider was asked.
CREATE TABLE payout_sends (
  payout_id bigint NOT NULL REFERENCES payouts,
  number smallint NOT NULL CHECK (number > 0),
  idempotency_key uuid NOT NULL,
  begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  -- What the provider said: ACCEPTED, REFUSED or UNANSWERED.
  outcome text CHECK (outcome IN ('ACCEPTED', 'REFUSED', 'UNANSWERED')),
  said text,
  PRIMARY KEY (payout_id, number),
  CHECK ((ended_at IS NULL) = (outcome IS NULL))
);

ALTER TABLE psp_webhooks ADD COLUMN payout_id bigint REFERENCES payouts;
CREATE INDEX psp_webhooks_payout ON psp_webhooks (payout_id, id) WHERE payout_id IS NOT NULL;
GRANT UPDATE (payout_id) ON psp_webhooks TO pitboss_app;

-- Tells what happened to the players' own, in an outbox row of its own. The player is locked first, so that it gets its
-- place behind all that was committed for them before.
CREATE FUNCTION announce(player bigint, event jsonb) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM players WHERE id = player FOR NO KEY UPDATE;
  INSERT INTO outbox (batch, transactions, events) VALUES (propose_batch_start() >> 10, 0, jsonb_build_array(event));
END $$;
GRANT EXECUTE ON FUNCTION announce(bigint, jsonb) TO pitboss_app;

-- Writes a payout down in the transaction of the WITHDRAW_HOLD that this request key stands for, or not at all.
CREATE FUNCTION request_payout(made jsonb, told jsonb) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  posted bigint;
BEGIN
  SELECT r.ref INTO posted FROM requests r JOIN transactions t ON t.id = r.ref
   WHERE r.key = (made->>'request_key')::uuid AND t.type = 7 AND t.reference = (made->>'id')::bigint;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'payout % holds no money', made->>'id' USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO payouts (id, player_id, instrument_id, request_key, request_id, body_hash, trace_id, psp, method, currency, amount,
                       country, device_id, forfeit_accepted, policy_id, checks, hold_id, due_at, work_at)
  SELECT p.id, p.player_id, p.instrument_id, p.request_key, p.request_id, p.body_hash, p.trace_id, p.psp, p.method, p.currency,
         p.amount, p.country, p.device_id, p.forfeit_accepted, p.policy_id, p.checks, posted, p.due_at, p.work_at
    FROM jsonb_populate_record(NULL::payouts, made) p;
  INSERT INTO payout_steps (payout_id, number, event, to_state, source)
  VALUES ((made->>'id')::bigint, 1, 'request', 'REQUESTED', 'REQUEST');
  PERFORM announce((made->>'player_id')::bigint, told);
END $$;
GRANT EXECUTE ON FUNCTION request_payout(jsonb, jsonb) TO pitboss_app;

-- The one way in which a payout gets on. It fails with PB001 where the payout is no longer where the caller saw it. With
-- `money_key` it runs in the transaction of the ledger's posting that this key stands for. Locks are taken in one order:
-- player, proposal, payout.
CREATE FUNCTION move_payout(
  payout bigint, seen text, event text, source text, actor text, webhook bigint, details jsonb, change jsonb, money_key uuid,
  told jsonb
) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  transition payout_transitions;
  posted bigint;
  last_number integer;
  proposal bigint;
BEGIN
  SELECT * INTO transition FROM payout_transitions t WHERE t.from_state = seen AND t.event = event;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a payout that is % takes no %', seen, event USING ERRCODE = 'check_violation';
  END IF;
  IF transition.posts IS NOT NULL THEN
    SELECT r.ref INTO posted FROM requests r JOIN transactions t ON t.id = r.ref
     WHERE r.key = money_key AND t.type = transition.posts AND t.reference = payout;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'payout % has no transaction for %', payout, event USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  IF told IS NOT NULL THEN
    PERFORM announce((SELECT p.player_id FROM payouts p WHERE p.id = payout), told);
  END IF;
  SELECT p.approval_id INTO proposal FROM payouts p WHERE p.id = payout;
  PERFORM FROM approvals a WHERE a.id = proposal FOR NO KEY UPDATE;
  UPDATE payouts p
     SET state = transition.to_state,
         updated_at = clock_timestamp(),
         stage_at = CASE WHEN p.state = transition.to_state THEN p.stage_at ELSE clock_timestamp() END,
         due_at = CASE WHEN change ? 'due_at' THEN (change->>'due_at')::timestamptz ELSE p.due_at END,
         work_at = (change->>'work_at')::timestamptz,
         worked = CASE WHEN p.state = transition.to_state THEN p.worked ELSE 0 END,
         psp_reference = coalesce(p.psp_reference, change->>'psp_reference'),
         failure = coalesce(change->'failure', p.failure),
         rejection = coalesce(change->>'rejection', p.rejection),
         checks = coalesce(change->'checks', p.checks),
         score = coalesce((change->>'score')::smallint, p.score),
         people = coalesce((change->>'people')::smallint, p.people),
         policy_id = coalesce((change->>'policy_id')::bigint, p.policy_id),
         content = coalesce(change->'content', p.content),
         content_hash = coalesce(decode(change->>'content_hash', 'hex'), p.content_hash),
         approval_id = CASE WHEN change ? 'approval_id' THEN (change->>'approval_id')::bigint
                            WHEN change ? 'content_hash' THEN NULL ELSE p.approval_id END,
         sent_at = CASE WHEN event IN ('submit', 'resubmit') THEN coalesce(p.sent_at, clock_timestamp()) ELSE p.sent_at END,
         last_sent_at = CASE WHEN event IN ('submit', 'resubmit') THEN clock_timestamp() ELSE p.last_sent_at END,
         settle_id = CASE WHEN transition.posts = 8 THEN posted ELSE p.settle_id END,
         release_id = CASE WHEN transition.posts = 9 THEN posted ELSE p.release_id END,
         claimed_by = CASE WHEN transition.to_state IN ('IN_REVIEW', 'FIRST_APPROVED') THEN p.claimed_by END,
         claimed_until = CASE WHEN transition.to_state IN ('IN_REVIEW', 'FIRST_APPROVED') THEN p.claimed_until END
   WHERE p.id = payout AND p.state = seen
     -- A webhook and the answer itself may acknowledge at the same moment; the second one has nothing to add.
     AND (event <> 'acknowledge' OR seen = 'UNKNOWN' OR p.psp_reference IS NULL);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'payout % is no longer %', payout, seen USING ERRCODE = 'PB001';
  END IF;
  SELECT coalesce(max(s.number), 0) INTO last_number FROM payout_steps s WHERE s.payout_id = payout;
  INSERT INTO payout_steps (payout_id, number, event, from_state, to_state, source, actor, webhook_id, details)
  VALUES (payout, last_number + 1, event, seen, transition.to_state, source, actor, webhook, details);
  IF event IN ('submit', 'resubmit') THEN
    INSERT INTO payout_sends (payout_id, number, idempotency_key)
    SELECT payout, (SELECT count(*) + 1 FROM payout_sends x WHERE x.payout_id = payout), p.request_key
      FROM payouts p WHERE p.id = payout;
  END IF;
  -- What is no longer what was proposed, or needs no yes any more, ends the proposal.
  IF proposal IS NOT NULL AND event IN ('recheck', 'recall', 'reject', 'cancel') THEN
    UPDATE approvals a SET status = 'WITHDRAWN', closed_at = clock_timestamp(),
           result = jsonb_build_object('ended', 'payout.' || event)
     WHERE a.id = proposal AND a.status IN ('PROPOSED', 'APPROVED');
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION move_payout(bigint, text, text, text, text, bigint, jsonb, jsonb, uuid, jsonb) TO pitboss_app;

-- A proposal that ends otherwise than by being applied takes its payout back to review, whoever ended it and how.
CREATE FUNCTION follow_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  waiting payouts;
BEGIN
  SELECT * INTO waiting FROM payouts WHERE approval_id = NEW.id AND state = 'FIRST_APPROVED' FOR NO KEY UPDATE;
  IF FOUND THEN
    PERFORM move_payout(waiting.id, 'FIRST_APPROVED', 'recheck', 'STAFF', NULL, NULL,
                        jsonb_build_object('proposal', public_id('ap', NEW.id), 'became', NEW.status),
                        jsonb_build_object('approval_id', NULL), NULL, NULL);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER follow_approval AFTER UPDATE OF status ON approvals FOR EACH ROW
  WHEN (NEW.kind = 'payout.release' AND NEW.status IN ('REJECTED', 'EXPIRED', 'WITHDRAWN'))
  EXECUTE FUNCTION follow_approval();

-- What the database holds by itself, whoever writes the row: only what the table of states allows; no yes without the
-- people that it takes, to exactly this content; nothing approved by rule that the policy does not let through.
CREATE FUNCTION guard_payout() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  policy payout_policies;
  proposal approvals;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'REQUESTED' OR NEW.people IS NOT NULL OR NEW.approval_id IS NOT NULL THEN
      RAISE EXCEPTION 'a payout begins as REQUESTED' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.player_id, NEW.instrument_id, NEW.request_key, NEW.psp, NEW.currency, NEW.amount, NEW.hold_id)
     IS DISTINCT FROM
     (OLD.player_id, OLD.instrument_id, OLD.request_key, OLD.psp, OLD.currency, OLD.amount, OLD.hold_id) THEN
    RAISE EXCEPTION 'what payout % is does not change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.psp_reference IS NOT NULL AND NEW.psp_reference IS DISTINCT FROM OLD.psp_reference THEN
    RAISE EXCEPTION 'payout % is another one of its provider', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.content_hash IS DISTINCT FROM OLD.content_hash AND NEW.state NOT IN ('IN_REVIEW', 'AUTO_APPROVED') THEN
    RAISE EXCEPTION 'payout % is judged anew in review', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = OLD.state THEN
    RETURN NEW;
  END IF;
  IF NOT EXISTS (SELECT FROM payout_transitions WHERE from_state = OLD.state AND to_state = NEW.state) THEN
    RAISE EXCEPTION 'payout % does not go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  SELECT * INTO policy FROM payout_policies WHERE id = NEW.policy_id;
  IF NEW.state = 'AUTO_APPROVED' AND (NEW.people <> 0 OR NEW.amount >= policy.auto_below OR NEW.score >= policy.low_risk_below) THEN
    RAISE EXCEPTION 'payout % is not one that leaves by itself', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'IN_REVIEW' AND NEW.people < (CASE WHEN NEW.amount >= policy.two_from THEN 2 ELSE 1 END) THEN
    RAISE EXCEPTION 'payout % takes more people', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state IN ('FIRST_APPROVED', 'APPROVED') THEN
    SELECT * INTO proposal FROM approvals WHERE id = NEW.approval_id;
    -- Whoever proposed has said yes; `approvals` holds that each of the others is somebody else.
    IF NOT FOUND OR proposal.kind <> 'payout.release' OR proposal.subject_id <> public_id('pay', OLD.id)
       OR proposal.content_hash IS DISTINCT FROM NEW.content_hash OR proposal.required + 1 < NEW.people
       OR NEW.people < (CASE WHEN NEW.amount >= policy.two_from THEN 2 ELSE 1 END)
       OR proposal.status <> (CASE NEW.state WHEN 'APPROVED' THEN 'APPLIED' ELSE 'PROPOSED' END) THEN
      RAISE EXCEPTION 'payout % does not have the yes of % people', OLD.id, NEW.people USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_payout BEFORE INSERT OR UPDATE ON payouts FOR EACH ROW EXECUTE FUNCTION guard_payout();

-- A payout that takes one person is proposed and let go by the same one. Other kinds may have been added meanwhile.
DO $$
DECLARE
  present text;
BEGIN
  SELECT pg_get_constraintdef(oid) INTO present FROM pg_constraint
   WHERE conrelid = 'approvals'::regclass AND conname = 'second_person';
  ALTER TABLE approvals DROP CONSTRAINT second_person;
  EXECUTE 'ALTER TABLE approvals ADD CONSTRAINT second_person '
          || replace(present, 'ARRAY[', 'ARRAY[''payout.release''::text, ');
END $$;
ALTER TABLE approval_policies DISABLE TRIGGER guard_policy;
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours) VALUES ('payout.release', NULL, 0, 0, 24);
ALTER TABLE approval_policies ENABLE TRIGGER guard_policy;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['payout_policies', 'payout_jurisdictions', 'payout_transitions', 'instrument_verdicts',
                                 'payout_steps'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT ON %I TO pitboss_app', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['payouts', 'payout_sends'] LOOP
    EXECUTE format('CREATE TRIGGER no_delete BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
END $$;
GRANT INSERT ON instrument_verdicts, payout_steps TO pitboss_app;
GRANT UPDATE (state, policy_id, checks, score, people, content, content_hash, approval_id, psp_reference, failure, rejection,
              settle_id, release_id, updated_at, stage_at, due_at, work_at, worked, sent_at, last_sent_at, claimed_by,
              claimed_until, snoozed_until) ON payouts TO pitboss_app;
GRANT UPDATE (ended_at, outcome, said) ON payout_sends TO pitboss_app;
GRANT USAGE ON SEQUENCE payouts_id_seq TO pitboss_app;
