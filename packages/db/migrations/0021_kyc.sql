-- Verification of players: a case for each level, the documents that belong to it, and every step that it took.

CREATE TABLE kyc_cases (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  level smallint NOT NULL CHECK (level BETWEEN 1 AND 3),
  state text NOT NULL DEFAULT 'INIT' CHECK (state IN ('INIT', 'PENDING', 'ON_HOLD', 'APPROVED', 'REJECTED_RETRY', 'REJECTED_FINAL')),
  -- Why it was not accepted, as a code that has a sentence for the player.
  reason text,
  opened_at timestamptz NOT NULL DEFAULT now(),
  submitted_at timestamptz,
  -- Until when somebody should have looked.
  due_at timestamptz,
  decided_at timestamptz,
  decided_by text,
  -- Who has it to themselves, and until when.
  claimed_by bigint REFERENCES staff,
  claimed_until timestamptz,
  UNIQUE (player_id, level),
  CHECK ((claimed_by IS NULL) = (claimed_until IS NULL)),
  CHECK (state NOT IN ('PENDING', 'ON_HOLD') OR due_at IS NOT NULL)
) WITH (fillfactor = 80);
CREATE INDEX kyc_cases_state ON kyc_cases (state, id);
CREATE INDEX kyc_cases_due ON kyc_cases (due_at) WHERE state = 'PENDING';

CREATE TABLE kyc_documents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id bigint NOT NULL REFERENCES kyc_cases,
  kind text NOT NULL CHECK (kind IN ('PASSPORT', 'ID_CARD', 'DRIVING_LICENCE', 'PROOF_OF_ADDRESS', 'SOURCE_OF_FUNDS')),
  content_type text NOT NULL CHECK (content_type IN ('image/jpeg', 'image/png', 'application/pdf')),
  bytes integer NOT NULL CHECK (bytes BETWEEN 1 AND 8388608),
  -- The content lies in the object store, sealed under this key of the player's.
  key_id bigint NOT NULL,
  object text NOT NULL,
  uploaded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX kyc_documents_case ON kyc_documents (case_id, id);
GRANT USAGE ON SEQUENCE kyc_documents_id_seq TO pitboss_app;

CREATE TABLE kyc_steps (
  case_id bigint NOT NULL REFERENCES kyc_cases,
  number smallint NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  event text NOT NULL,
  from_state text,
  to_state text NOT NULL,
  by text NOT NULL,
  reason text,
  note text,
  PRIMARY KEY (case_id, number)
);

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['kyc_documents', 'kyc_steps'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
  EXECUTE 'CREATE TRIGGER no_delete BEFORE DELETE ON kyc_cases FOR EACH ROW EXECUTE FUNCTION refuse_change()';
  EXECUTE 'CREATE TRIGGER no_truncate BEFORE TRUNCATE ON kyc_cases FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()';
END $$;
GRANT SELECT, INSERT ON kyc_cases TO pitboss_app;
GRANT UPDATE (state, reason, submitted_at, due_at, decided_at, decided_by, claimed_by, claimed_until) ON kyc_cases TO pitboss_app;
