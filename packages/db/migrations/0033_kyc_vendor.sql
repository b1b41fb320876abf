-- A verification vendor beside the house's own people: applicants there, what it told us, and the documents that were given
-- to it and lie here too. Also what the staff asks of players, until when a verification holds, and the second person.

CREATE TABLE kyc_applicants (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id bigint NOT NULL UNIQUE REFERENCES kyc_cases,
  -- The vendor's own id of the applicant.
  applicant text NOT NULL UNIQUE,
  level_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- When the vendor is asked by ourselves, for the case that no webhook comes; null once nothing is open there.
  ask_at timestamptz
) WITH (fillfactor = 80);
CREATE INDEX kyc_applicants_ask ON kyc_applicants (ask_at) WHERE ask_at IS NOT NULL;

CREATE TABLE kyc_webhooks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- What makes two deliveries the same; null on what is not the vendor's, or can't be read.
  event_key text,
  type text,
  state text NOT NULL CHECK (state IN ('STORED', 'DONE', 'DEAD', 'FORGED')),
  outcome text,
  headers jsonb NOT NULL,
  body bytea NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  due_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  deliveries integer NOT NULL DEFAULT 1,
  CHECK ((state = 'STORED') = (due_at IS NOT NULL))
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX kyc_webhooks_event ON kyc_webhooks (event_key) WHERE event_key IS NOT NULL;
CREATE INDEX kyc_webhooks_due ON kyc_webhooks (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX kyc_webhooks_state ON kyc_webhooks (state, id);

CREATE TABLE kyc_verdicts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id bigint NOT NULL REFERENCES kyc_cases,
  -- By the vendor's clock: the order that counts.
  at timestamptz NOT NULL,
  answer text NOT NULL CHECK (answer IN ('GREEN', 'RED')),
  reject_type text CHECK (reject_type IN ('RETRY', 'FINAL')),
  labels text[] NOT NULL,
  -- For the house, and for the player.
  house_comment text,
  player_comment text,
  source text NOT NULL CHECK (source IN ('WEBHOOK', 'ASKED')),
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (case_id, at, answer)
);

-- Which image at the vendor it was; null where the player gave it to us.
ALTER TABLE kyc_documents ADD COLUMN vendor_image text;
CREATE UNIQUE INDEX kyc_documents_image ON kyc_documents (case_id, vendor_image) WHERE vendor_image IS NOT NULL;
-- The last day on which the document is valid, as the vendor read it.
ALTER TABLE kyc_documents ADD COLUMN valid_until date;

-- Until when an approval holds, and whether the player was told that it ends.
ALTER TABLE kyc_cases ADD COLUMN renew_at timestamptz, ADD COLUMN reminded_at timestamptz;
CREATE INDEX kyc_cases_renew ON kyc_cases (renew_at) WHERE state = 'APPROVED' AND renew_at IS NOT NULL;
GRANT UPDATE (renew_at, reminded_at) ON kyc_cases TO pitboss_app;
UPDATE kyc_cases SET renew_at = decided_at + interval '36 months' WHERE state = 'APPROVED';
-- What the reviewer said to have looked at.
ALTER TABLE kyc_steps ADD COLUMN checked text[] NOT NULL DEFAULT '{}';

ALTER TABLE approval_policies DISABLE TRIGGER guard_policy;
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours, most_items, most_amount) VALUES
  ('kyc.decision', NULL, 0, 1, 72, NULL, NULL);
ALTER TABLE approval_policies ENABLE TRIGGER guard_policy;

DO $$
DECLARE
  guarded text;
BEGIN
  EXECUTE 'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kyc_verdicts FOR EACH ROW EXECUTE FUNCTION refuse_change()';
  EXECUTE 'GRANT SELECT, INSERT ON kyc_verdicts TO pitboss_app';
  FOREACH guarded IN ARRAY ARRAY['kyc_applicants', 'kyc_webhooks', 'kyc_verdicts'] LOOP
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
  END LOOP;
  FOREACH guarded IN ARRAY ARRAY['kyc_applicants', 'kyc_webhooks'] LOOP
    EXECUTE format('CREATE TRIGGER no_delete BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
END $$;
GRANT UPDATE (ask_at) ON kyc_applicants TO pitboss_app;
GRANT UPDATE (state, outcome, done_at, due_at, attempts, deliveries) ON kyc_webhooks TO pitboss_app;
