-- Breaks of reconciliations, whichever two records they compare: runs, what they found, and who ended it how.

-- Types of transactions between the house's own accounts have numbers from 30 on.
ALTER TABLE transactions DROP CONSTRAINT transactions_type_check;
ALTER TABLE transactions ADD CONSTRAINT transactions_type_check CHECK (type BETWEEN 1 AND 59);

CREATE TABLE recon_runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL CHECK (source IN ('cashier', 'provider')),
  -- What is compared within the source: a payment or game provider by its code, or 'all'.
  scope text NOT NULL,
  -- The business day (UTC) up to whose end it compares.
  day date NOT NULL,
  trigger text NOT NULL CHECK (trigger IN ('SCHEDULE', 'PERSON', 'IMPORT')),
  state text NOT NULL DEFAULT 'RUNNING' CHECK (state IN ('RUNNING', 'CLEAN', 'BREAKS', 'FAILED')),
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_by text NOT NULL,
  done_at timestamptz,
  -- Records that were looked at on all sides, and pairs of them that agree.
  lines bigint NOT NULL DEFAULT 0,
  matched bigint NOT NULL DEFAULT 0,
  -- Breaks that this run found for the first time, opened again, and no longer found; and those open when it was done.
  found integer NOT NULL DEFAULT 0,
  reopened integer NOT NULL DEFAULT 0,
  cleared integer NOT NULL DEFAULT 0,
  open integer NOT NULL DEFAULT 0,
  -- What each side adds up to, by currency.
  totals jsonb NOT NULL DEFAULT '[]',
  failure text,
  CHECK ((state = 'RUNNING') = (done_at IS NULL)),
  CHECK ((state = 'FAILED') = (failure IS NOT NULL))
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX recon_runs_running ON recon_runs (source, scope) WHERE state = 'RUNNING';
CREATE INDEX recon_runs_source ON recon_runs (source, id);

-- The table of states, the same as in packages/domain/src/ops/breaks/break-machine.ts (a test compares).
CREATE TABLE break_transitions (
  from_state text NOT NULL,
  event text NOT NULL,
  to_state text NOT NULL,
  PRIMARY KEY (from_state, event)
);
INSERT INTO break_transitions VALUES
  ('OPEN', 'assign', 'ASSIGNED'), ('OPEN', 'propose', 'PROPOSED'), ('OPEN', 'clear', 'CLEARED'),
  ('ASSIGNED', 'assign', 'ASSIGNED'), ('ASSIGNED', 'unassign', 'OPEN'), ('ASSIGNED', 'propose', 'PROPOSED'),
  ('ASSIGNED', 'clear', 'CLEARED'),
  ('PROPOSED', 'decline', 'ASSIGNED'), ('PROPOSED', 'change', 'ASSIGNED'), ('PROPOSED', 'resolve', 'RESOLVED'),
  ('PROPOSED', 'writeOff', 'WRITTEN_OFF'), ('PROPOSED', 'clear', 'CLEARED'),
  ('RESOLVED', 'reopen', 'REOPENED'), ('WRITTEN_OFF', 'reopen', 'REOPENED'), ('CLEARED', 'reopen', 'REOPENED'),
  ('REOPENED', 'assign', 'ASSIGNED'), ('REOPENED', 'propose', 'PROPOSED'), ('REOPENED', 'clear', 'CLEARED');

CREATE TABLE breaks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL CHECK (source IN ('cashier', 'provider')),
  scope text NOT NULL,
  type text NOT NULL,
  -- Names the difference for ever, so that the next run finds the same break and not another one.
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 400),
  state text NOT NULL DEFAULT 'OPEN'
    CHECK (state IN ('OPEN', 'ASSIGNED', 'PROPOSED', 'RESOLVED', 'WRITTEN_OFF', 'CLEARED', 'REOPENED')),
  -- What it is about, as ids that people know: {"depositId": "dep_1", "reference": "pi_…"}.
  subject jsonb NOT NULL,
  -- What the house's own record says, and what the other one does, minor units. Null is nothing at all.
  expected bigint,
  expected_currency smallint,
  got bigint,
  got_currency smallint,
  -- When the money moved that it is about: what its age is counted from.
  happened_at timestamptz NOT NULL,
  found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  first_run bigint NOT NULL REFERENCES recon_runs,
  last_run bigint NOT NULL REFERENCES recon_runs,
  owner_id bigint REFERENCES staff,
  approval_id bigint REFERENCES approvals,
  closed_at timestamptz,
  UNIQUE (source, key),
  CHECK ((expected IS NULL) = (expected_currency IS NULL)),
  CHECK ((got IS NULL) = (got_currency IS NULL)),
  CHECK (expected IS NOT NULL OR got IS NOT NULL),
  CONSTRAINT proposed_has_approval CHECK (state <> 'PROPOSED' OR approval_id IS NOT NULL),
  CONSTRAINT ended_under_four_eyes CHECK (state NOT IN ('RESOLVED', 'WRITTEN_OFF') OR approval_id IS NOT NULL),
  CONSTRAINT assigned_has_owner CHECK (state <> 'ASSIGNED' OR owner_id IS NOT NULL),
  CONSTRAINT closed_has_time CHECK ((state IN ('RESOLVED', 'WRITTEN_OFF', 'CLEARED')) = (closed_at IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX breaks_open ON breaks (source, scope, id) WHERE state IN ('OPEN', 'ASSIGNED', 'PROPOSED', 'REOPENED');
CREATE INDEX breaks_state ON breaks (state, id);
CREATE INDEX breaks_owner ON breaks (owner_id, id) WHERE owner_id IS NOT NULL;
CREATE INDEX breaks_approval ON breaks (approval_id) WHERE approval_id IS NOT NULL;
CREATE INDEX breaks_run ON breaks (last_run, id);

-- All that happened to a break, in order, and what people wrote on it.
CREATE TABLE break_steps (
  break_id bigint NOT NULL REFERENCES breaks,
  number integer NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  event text NOT NULL,
  to_state text NOT NULL,
  -- A member of staff as 'staff:st_1', or the run as 'job:reconcile'.
  actor text NOT NULL,
  note text,
  details jsonb,
  PRIMARY KEY (break_id, number)
);

-- Two records that people say are the same, although nothing in them says so. Runs take them as matched for ever.
CREATE TABLE recon_matches (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL,
  scope text NOT NULL,
  -- Names of the records, in the words of the source.
  ours text NOT NULL,
  theirs text NOT NULL,
  break_id bigint NOT NULL REFERENCES breaks,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (source, ours, theirs)
);
CREATE INDEX recon_matches_theirs ON recon_matches (source, theirs);

CREATE FUNCTION guard_break() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state = OLD.state AND NEW.approval_id IS NOT DISTINCT FROM OLD.approval_id THEN
    RETURN NEW;
  END IF;
  IF NEW.state <> OLD.state AND NOT EXISTS (
       SELECT FROM break_transitions t WHERE t.from_state = OLD.state AND t.to_state = NEW.state) THEN
    RAISE EXCEPTION 'a break that is % does not become %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state IN ('RESOLVED', 'WRITTEN_OFF') AND NEW.state <> OLD.state AND NOT EXISTS (
       SELECT FROM approvals a WHERE a.id = NEW.approval_id AND a.kind = 'break.resolution' AND a.status = 'APPLIED'
          AND a.content->>'breakId' = public_id('brk', NEW.id)) THEN
    RAISE EXCEPTION 'break % ends under four eyes', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_break BEFORE UPDATE ON breaks FOR EACH ROW EXECUTE FUNCTION guard_break();

-- The one way in which a person, or what they proposed, moves a break on (PB001 where it is elsewhere by now).
CREATE FUNCTION move_break(
  moved bigint, seen text, event text, actor text, note text, details jsonb, owner bigint, approval bigint
) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  next text;
BEGIN
  SELECT t.to_state INTO next FROM break_transitions t WHERE t.from_state = seen AND t.event = event;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a break that is % takes no %', seen, event USING ERRCODE = 'check_violation';
  END IF;
  UPDATE breaks b
     SET state = next,
         owner_id = CASE event WHEN 'unassign' THEN NULL ELSE coalesce(owner, b.owner_id) END,
         approval_id = CASE WHEN event = 'propose' THEN approval WHEN next IN ('RESOLVED', 'WRITTEN_OFF') THEN b.approval_id END,
         closed_at = CASE WHEN next IN ('RESOLVED', 'WRITTEN_OFF', 'CLEARED') THEN clock_timestamp() END
   WHERE b.id = moved AND b.state = seen;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'break % is no longer %', moved, seen USING ERRCODE = 'PB001';
  END IF;
  INSERT INTO break_steps (break_id, number, event, to_state, actor, note, details)
  SELECT moved, coalesce(max(s.number), 0) + 1, event, next, actor, note, details FROM break_steps s WHERE s.break_id = moved;
END $$;

-- What becomes of the proposal becomes of its break, in the same transaction: applied, the break has ended; turned down,
-- withdrawn or run out, it is with its owner again.
CREATE FUNCTION follow_proposal() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  about bigint;
BEGIN
  SELECT b.id INTO about FROM breaks b WHERE b.approval_id = NEW.id AND b.state = 'PROPOSED' FOR NO KEY UPDATE;
  IF NEW.status = 'APPLIED' THEN
    IF about IS NULL THEN
      RAISE EXCEPTION 'the break of proposal % is no longer what was proposed', NEW.id USING ERRCODE = 'PB001';
    END IF;
    PERFORM move_break(about, 'PROPOSED', CASE NEW.content->>'method' WHEN 'WRITE_OFF' THEN 'writeOff' ELSE 'resolve' END,
      NEW.applied_by, NEW.content->>'reason', NEW.result, NULL, NULL);
  ELSIF about IS NOT NULL THEN
    PERFORM move_break(about, 'PROPOSED', 'decline', 'approval:' || public_id('ap', NEW.id), NULL,
      jsonb_build_object('status', NEW.status), NULL, NULL);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER follow_proposal AFTER UPDATE OF status ON approvals
  FOR EACH ROW WHEN (NEW.kind = 'break.resolution' AND NEW.status IN ('APPLIED', 'REJECTED', 'WITHDRAWN', 'EXPIRED')
                     AND NEW.status <> OLD.status)
  EXECUTE FUNCTION follow_proposal();

-- Writes down what a run found: new breaks, those that it finds again, and those that are told differently now. What was
-- ended by people and is told as it was then stays ended.
CREATE FUNCTION record_breaks(run bigint, listed jsonb) RETURNS TABLE (opened integer, reopened integer)
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
GRANT EXECUTE ON FUNCTION move_break(bigint, text, text, text, text, jsonb, bigint, bigint), record_breaks(bigint, jsonb),
  clear_breaks(bigint, timestamptz) TO pitboss_app;

DO $$
BEGIN
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON recon_matches FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER no_truncate BEFORE TRUNCATE ON recon_matches FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON break_steps FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER no_truncate BEFORE TRUNCATE ON break_steps FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER no_delete BEFORE DELETE ON breaks FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER no_truncate BEFORE TRUNCATE ON breaks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER no_delete BEFORE DELETE ON recon_runs FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER no_truncate BEFORE TRUNCATE ON recon_runs FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
END $$;
GRANT SELECT, INSERT ON break_steps, recon_matches, breaks, recon_runs TO pitboss_app;
GRANT SELECT ON break_transitions TO pitboss_app;
GRANT UPDATE (type, subject, state, expected, expected_currency, got, got_currency, last_run, owner_id, approval_id, closed_at)
  ON breaks TO pitboss_app;
GRANT UPDATE (state, done_at, lines, matched, found, reopened, cleared, open, totals, failure) ON recon_runs TO pitboss_app;

-- Who ends a break, and from which sum on it takes two others; afterwards a policy changes under four eyes.
ALTER TABLE approval_policies DISABLE TRIGGER guard_policy;
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours) VALUES
  ('break.resolution', NULL, 0, 1, 72),
  ('break.resolution', 'EUR', 0, 1, 72),
  ('break.resolution', 'EUR', 1000000, 2, 72);
ALTER TABLE approval_policies ENABLE TRIGGER guard_policy;
