-- A check of the whole ledger reads postings by transaction, through their summary. The newest pages are not in it until
-- a vacuum comes by; this lets the engine, which owns nothing, bring it up to date. No insert waits for it.
CREATE FUNCTION summarize_postings() RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  summarized bigint := 0;
  summary regclass;
BEGIN
  FOR summary IN
    SELECT i.indexrelid FROM pg_inherits h JOIN pg_index i ON i.indexrelid = h.inhrelid
     WHERE h.inhparent = 'postings_transaction'::regclass
  LOOP
    summarized := summarized + brin_summarize_new_values(summary);
  END LOOP;
  RETURN summarized;
END $$;
REVOKE EXECUTE ON FUNCTION summarize_postings() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION summarize_postings() TO pitboss_app;

-- Voids under four eyes: how much one proposal may reach is part of its policy, and each proposal has its list of bets.
ALTER TABLE approval_policies
  -- Null is no limit of the policy's own.
  ADD COLUMN most_items integer CHECK (most_items > 0),
  ADD COLUMN most_amount bigint CHECK (most_amount > 0),
  ADD CHECK (currency IS NOT NULL OR most_amount IS NULL);
ALTER TABLE approvals
  DROP CONSTRAINT second_person,
  ADD CONSTRAINT second_person CHECK (required > 0 OR kind IN ('wallet.adjustment', 'bet.void'));

-- What the house begins with; afterwards a policy changes under four eyes.
ALTER TABLE approval_policies DISABLE TRIGGER guard_policy;
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours, most_items, most_amount) VALUES
  ('bet.void', NULL, 0, 1, 24, NULL, NULL),
  ('round.void', NULL, 0, 1, 24, 1000, NULL),
  ('bets.void', NULL, 0, 1, 24, 2000, NULL),
  ('bets.void', 'EUR', 0, 1, 24, 2000, NULL),
  ('bets.void', 'EUR', 1000000, 2, 24, 10000, 25000000);
ALTER TABLE approval_policies ENABLE TRIGGER guard_policy;

-- The bets that a proposal voids, frozen when it is proposed: the proposal's content holds the hash of this list. What
-- became of each is written in the transaction of its void, so that a run that was cut off goes on where it was.
CREATE TABLE approval_bets (
  approval_id bigint NOT NULL REFERENCES approvals,
  number integer NOT NULL CHECK (number > 0),
  bet_id bigint NOT NULL,
  player_id bigint NOT NULL,
  currency smallint NOT NULL,
  -- Of the stake, minor units: a bet of which another part is held by then is not the bet that was approved.
  held bigint NOT NULL CHECK (held >= 0),
  outcome text CHECK (outcome IN ('VOIDED', 'REFUSED')),
  failure jsonb,
  done_at timestamptz,
  PRIMARY KEY (approval_id, number),
  CHECK ((outcome IS NOT DISTINCT FROM 'REFUSED') = (failure IS NOT NULL)),
  CHECK ((outcome IS NULL) = (done_at IS NULL))
);
CREATE UNIQUE INDEX approval_bets_bet ON approval_bets (bet_id, approval_id);
CREATE INDEX approval_bets_open ON approval_bets (approval_id, number) WHERE outcome IS NULL;

CREATE FUNCTION guard_approval_bet() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT FROM written w JOIN approvals a ON a.id = w.approval_id
                WHERE a.status <> 'PROPOSED' OR a.xmin <> pg_current_xact_id()::xid) THEN
      RAISE EXCEPTION 'the bets of a proposal are written with it' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
  END IF;
  IF OLD.outcome IS NOT NULL
     OR (NEW.approval_id, NEW.number, NEW.bet_id, NEW.player_id, NEW.currency, NEW.held)
        IS DISTINCT FROM (OLD.approval_id, OLD.number, OLD.bet_id, OLD.player_id, OLD.currency, OLD.held) THEN
    RAISE EXCEPTION 'bet % of approval % is frozen', OLD.number, OLD.approval_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_insert AFTER INSERT ON approval_bets
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION guard_approval_bet();
CREATE TRIGGER guard_update BEFORE UPDATE ON approval_bets FOR EACH ROW EXECUTE FUNCTION guard_approval_bet();
CREATE TRIGGER no_delete BEFORE DELETE ON approval_bets FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON approval_bets FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT, UPDATE (outcome, failure, done_at) ON approval_bets TO pitboss_app;
