-- People: players' details and credentials, staff with roles and second factors, four eyes, keys, and the audit log.
-- Secrets are stored as hashes where they are only compared, and sealed (AES-256-GCM) where they must be read again.

-- Ids as people see them (packages/domain/src/kernel/public-id.ts): a prefix and Crockford's base 32.
CREATE FUNCTION public_id(prefix text, id bigint) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  rest bigint := id;
  digits text := '';
BEGIN
  LOOP
    digits := substr('0123456789abcdefghjkmnpqrstvwxyz', (rest & 31)::integer + 1, 1) || digits;
    rest := rest >> 5;
    EXIT WHEN rest = 0;
  END LOOP;
  RETURN prefix || '_' || digits;
END $$;

-- Keys ----------------------------------------------------------------------------------------------------------------
-- Keys that encrypt data, each wrapped by a master key that lies outside the database (apps/engine/src/identity/keys).
CREATE TABLE data_keys (
  name text PRIMARY KEY,
  wrapped bytea NOT NULL,
  master_key_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  rewrapped_at timestamptz
);
-- Ed25519 keys that sign tokens and checkpoints. A public key stays for as long as what it signed is to be checked.
CREATE TABLE signing_keys (
  kid text PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('STAFF', 'PLAYER', 'AUDIT')),
  public_key text NOT NULL,
  -- Gone once the key signs no more.
  private_sealed bytea,
  master_key_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  signs_from timestamptz NOT NULL,
  verifies_until timestamptz,
  CHECK ((private_sealed IS NULL) = (master_key_id IS NULL))
);
CREATE INDEX signing_keys_purpose ON signing_keys (purpose, signs_from);
GRANT SELECT, INSERT, UPDATE (wrapped, master_key_id, rewrapped_at) ON data_keys TO pitboss_app;
GRANT SELECT, INSERT, UPDATE (private_sealed, master_key_id, verifies_until) ON signing_keys TO pitboss_app;

-- Players -------------------------------------------------------------------------------------------------------------
CREATE INDEX players_country ON players (country, id);
CREATE INDEX players_not_active ON players (status, id) WHERE status <> 1;
CREATE INDEX players_nickname ON players (lower(nickname) text_pattern_ops, id);
CREATE INDEX devices_ip ON devices (ip, player_id);

CREATE TABLE country_rules (
  country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  effective_from date NOT NULL,
  open boolean NOT NULL,
  min_age smallint NOT NULL CHECK (min_age BETWEEN 18 AND 30),
  PRIMARY KEY (country, effective_from)
);
GRANT SELECT, INSERT ON country_rules TO pitboss_app;

-- A player's data key. Erasing a player destroys the PROFILE key; what anti-money-laundering law keeps is then under a
-- RETENTION key of its own until its day comes.
CREATE TABLE player_keys (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  purpose text NOT NULL CHECK (purpose IN ('PROFILE', 'RETENTION')),
  wrapped bytea,
  master_key_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  retain_until timestamptz,
  destroyed_at timestamptz,
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL)),
  CHECK ((wrapped IS NULL) = (master_key_id IS NULL)),
  CHECK ((purpose = 'RETENTION') = (retain_until IS NOT NULL))
);
CREATE UNIQUE INDEX player_keys_live ON player_keys (player_id, purpose) WHERE destroyed_at IS NULL;
CREATE INDEX player_keys_master ON player_keys (master_key_id, id) WHERE wrapped IS NOT NULL;
CREATE INDEX player_keys_retention ON player_keys (retain_until) WHERE retain_until IS NOT NULL AND destroyed_at IS NULL;

-- Each field is sealed by itself, with the key's id and table:column:row as associated data.
CREATE TABLE player_details (
  player_id bigint PRIMARY KEY REFERENCES players,
  key_id bigint NOT NULL REFERENCES player_keys,
  email bytea,
  first_name bytea,
  last_name bytea,
  birth_date bytea,
  address bytea,
  phone bytea,
  -- Keyed hash of the address: finds the account and keeps addresses unique. Null after an erasure.
  email_index bytea UNIQUE,
  email_verified_at timestamptz,
  erased_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE player_retained (
  player_id bigint PRIMARY KEY REFERENCES players,
  key_id bigint NOT NULL REFERENCES player_keys,
  first_name bytea,
  last_name bytea,
  birth_date bytea,
  address bytea
);
-- The blind index: keyed hashes, cut to 16 bytes, of the whole words that a player is found by.
CREATE TABLE player_search_terms (
  term bytea NOT NULL,
  player_id bigint NOT NULL REFERENCES players,
  PRIMARY KEY (term, player_id)
);
CREATE INDEX player_search_terms_player ON player_search_terms (player_id);
CREATE TABLE player_credentials (
  player_id bigint PRIMARY KEY REFERENCES players,
  password_hash text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE player_links (
  -- SHA-256 of the secret in the e-mail.
  hash bytea PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  purpose text NOT NULL CHECK (purpose IN ('VERIFY_EMAIL', 'RESET_PASSWORD')),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX player_links_player ON player_links (player_id);
CREATE TABLE player_sessions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  ip inet,
  user_agent text,
  revoked_at timestamptz,
  revoked_for text
);
CREATE INDEX player_sessions_player ON player_sessions (player_id, id);
CREATE INDEX player_sessions_ip ON player_sessions (ip, player_id);
-- A session's refresh tokens, one live at a time. One that comes twice means that it was stolen: the session ends.
CREATE TABLE player_refresh_tokens (
  hash bytea PRIMARY KEY,
  session_id bigint NOT NULL REFERENCES player_sessions,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX player_refresh_tokens_session ON player_refresh_tokens (session_id);
CREATE TABLE player_tags (
  player_id bigint NOT NULL REFERENCES players,
  tag text NOT NULL CHECK (tag ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  added_by text NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (player_id, tag)
);
CREATE INDEX player_tags_tag ON player_tags (tag, player_id);
GRANT SELECT, INSERT, UPDATE (wrapped, master_key_id, destroyed_at) ON player_keys TO pitboss_app;
GRANT SELECT, INSERT, UPDATE ON player_details, player_retained, player_credentials, player_links, player_sessions,
  player_refresh_tokens TO pitboss_app;
GRANT DELETE ON player_retained, player_credentials, player_refresh_tokens, player_links TO pitboss_app;
GRANT SELECT, INSERT, DELETE ON player_search_terms, player_tags TO pitboss_app;

-- Staff ---------------------------------------------------------------------------------------------------------------
CREATE TABLE staff (
  id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  email text NOT NULL CHECK (email = lower(email) AND email LIKE '%_@_%'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  status text NOT NULL DEFAULT 'INVITED' CHECK (status IN ('INVITED', 'ACTIVE', 'SUSPENDED')),
  password_hash text,
  invited_by bigint REFERENCES staff,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT active_has_password CHECK (status <> 'ACTIVE' OR password_hash IS NOT NULL)
);
CREATE UNIQUE INDEX staff_email ON staff (email);

CREATE TABLE staff_invitations (
  hash bytea PRIMARY KEY,
  staff_id bigint NOT NULL REFERENCES staff,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX staff_invitations_staff ON staff_invitations (staff_id);

CREATE TABLE staff_sessions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- SHA-256 of the secret that the console's cookie or the terminal holds.
  hash bytea NOT NULL UNIQUE,
  staff_id bigint NOT NULL REFERENCES staff,
  channel text NOT NULL CHECK (channel IN ('console', 'cli')),
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  second_factor_at timestamptz NOT NULL,
  second_factor text NOT NULL CHECK (second_factor IN ('TOTP', 'PASSKEY', 'RECOVERY_CODE', 'TERMINAL')),
  ip inet,
  user_agent text,
  revoked_at timestamptz,
  revoked_for text
);
CREATE INDEX staff_sessions_staff ON staff_sessions (staff_id, id);

-- A sign-in between its steps, or a challenge that a signed-in person was given.
CREATE TABLE staff_challenges (
  hash bytea PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('SIGN_IN', 'PASSKEY_SIGN_IN', 'ENROL_PASSKEY', 'STEP_UP')),
  staff_id bigint REFERENCES staff,
  session_id bigint REFERENCES staff_sessions,
  -- WebAuthn's challenge, where one was given.
  challenge text,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX staff_challenges_expiry ON staff_challenges (expires_at);

CREATE TABLE staff_totp (
  staff_id bigint PRIMARY KEY REFERENCES staff,
  secret_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  confirmed_at timestamptz,
  -- The 30-second step of the last code that was taken; only later ones count.
  last_step bigint
);
CREATE TABLE staff_passkeys (
  id text PRIMARY KEY,
  staff_id bigint NOT NULL REFERENCES staff,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  backed_up boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz
);
CREATE INDEX staff_passkeys_staff ON staff_passkeys (staff_id);
CREATE TABLE staff_recovery_codes (
  staff_id bigint NOT NULL REFERENCES staff,
  hash bytea NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (staff_id, hash)
);
CREATE TABLE role_networks (
  role text NOT NULL,
  network cidr NOT NULL,
  PRIMARY KEY (role, network)
);
-- A terminal that waits to be let in from the console (RFC 8628).
CREATE TABLE terminal_grants (
  device_hash bytea PRIMARY KEY,
  user_code text NOT NULL UNIQUE,
  client text NOT NULL,
  ip inet,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  approved_by bigint REFERENCES staff,
  approved_at timestamptz,
  denied_at timestamptz,
  used_at timestamptz
);
CREATE TABLE sign_in_throttles (
  -- SHA-256 of what is counted: pair of account and address, address, account, or a person's second factor.
  key bytea PRIMARY KEY,
  failures integer NOT NULL,
  last_at timestamptz NOT NULL,
  -- Set where this pair once signed in; a pair that did is not held back by what others try.
  known_at timestamptz
);
CREATE INDEX sign_in_throttles_last ON sign_in_throttles (last_at);
CREATE TABLE sign_in_attempts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL CHECK (kind IN ('staff', 'player')),
  -- Null where no account has that address.
  account_id bigint,
  ip inet,
  user_agent text,
  outcome text NOT NULL
);
CREATE INDEX sign_in_attempts_account ON sign_in_attempts (kind, account_id, id);
CREATE TABLE saved_views (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_id bigint NOT NULL REFERENCES staff,
  list text NOT NULL CHECK (length(list) BETWEEN 1 AND 40),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  state jsonb NOT NULL,
  shared boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (owner_id, list, name)
);
CREATE INDEX saved_views_shared ON saved_views (list) WHERE shared;
-- A note is sealed with its player's key: it goes when the player is erased. It is never changed.
CREATE TABLE player_notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  author_id bigint NOT NULL REFERENCES staff,
  key_id bigint NOT NULL REFERENCES player_keys,
  body bytea NOT NULL,
  written_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX player_notes_player ON player_notes (player_id, id);
CREATE TABLE exports (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  staff_id bigint NOT NULL REFERENCES staff,
  list text NOT NULL,
  filters jsonb NOT NULL,
  status text NOT NULL DEFAULT 'QUEUED' CHECK (status IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED')),
  row_count bigint NOT NULL DEFAULT 0,
  byte_count bigint NOT NULL DEFAULT 0,
  file text,
  failure text,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  expires_at timestamptz
);
CREATE INDEX exports_staff ON exports (staff_id, id);
CREATE INDEX exports_waiting ON exports (id) WHERE status IN ('QUEUED', 'RUNNING');
GRANT SELECT, INSERT, UPDATE ON staff, staff_invitations, staff_sessions, staff_challenges, staff_totp, staff_passkeys,
  staff_recovery_codes, terminal_grants, sign_in_throttles, saved_views, exports TO pitboss_app;
GRANT DELETE ON staff_challenges, staff_totp, staff_passkeys, staff_recovery_codes, terminal_grants, sign_in_throttles,
  saved_views TO pitboss_app;
GRANT SELECT, INSERT, DELETE ON role_networks TO pitboss_app;
GRANT SELECT, INSERT ON sign_in_attempts, player_notes TO pitboss_app;

-- Keys of other tools (made in 0001): who issued them, from where they may be used, when they last were.
ALTER TABLE machine_keys
  ADD COLUMN created_by bigint REFERENCES staff,
  ADD COLUMN networks cidr[] NOT NULL DEFAULT '{}',
  ADD COLUMN last_used_at timestamptz;

-- Four eyes -----------------------------------------------------------------------------------------------------------
CREATE TABLE approvals (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  -- Exactly what is approved, and the SHA-256 of its canonical JSON with the kind.
  content jsonb NOT NULL,
  content_hash bytea NOT NULL CHECK (length(content_hash) = 32),
  summary text NOT NULL,
  subject_kind text NOT NULL,
  subject_id text NOT NULL,
  amount bigint,
  currency smallint,
  required smallint NOT NULL CHECK (required BETWEEN 0 AND 5),
  status text NOT NULL DEFAULT 'PROPOSED'
    CHECK (status IN ('PROPOSED', 'APPROVED', 'APPLIED', 'REJECTED', 'EXPIRED', 'WITHDRAWN')),
  proposed_by bigint NOT NULL REFERENCES staff,
  proposed_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  closed_at timestamptz,
  applied_by text,
  -- What applying it brought about, or why it could not be applied yet.
  result jsonb,
  UNIQUE (id, proposed_by),
  UNIQUE (id, content_hash),
  CHECK ((amount IS NULL) = (currency IS NULL)),
  CONSTRAINT second_person CHECK (required > 0 OR kind = 'wallet.adjustment')
);
CREATE INDEX approvals_status ON approvals (status, id);
CREATE INDEX approvals_subject ON approvals (subject_kind, subject_id, id);
CREATE INDEX approvals_maker ON approvals (proposed_by, id);

-- The maker's id stands in each decision, tied to the proposal by a foreign key, so that a plain CHECK refuses a maker
-- as checker, whoever writes the row. The same way the decision is tied to the content that was seen.
CREATE TABLE approval_decisions (
  approval_id bigint NOT NULL,
  staff_id bigint NOT NULL REFERENCES staff,
  maker_id bigint NOT NULL,
  content_hash bytea NOT NULL,
  decision text NOT NULL CHECK (decision IN ('APPROVED', 'REJECTED')),
  reason text,
  decided_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (approval_id, staff_id),
  FOREIGN KEY (approval_id, maker_id) REFERENCES approvals (id, proposed_by),
  FOREIGN KEY (approval_id, content_hash) REFERENCES approvals (id, content_hash),
  CONSTRAINT maker_is_not_checker CHECK (staff_id <> maker_id)
);

CREATE FUNCTION guard_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  approvals_given integer;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'PROPOSED' OR NEW.closed_at IS NOT NULL THEN
      RAISE EXCEPTION 'an approval begins as PROPOSED' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.kind, NEW.content, NEW.content_hash, NEW.summary, NEW.subject_kind, NEW.subject_id, NEW.amount, NEW.currency,
      NEW.required, NEW.proposed_by, NEW.proposed_at, NEW.expires_at)
     IS DISTINCT FROM
     (OLD.kind, OLD.content, OLD.content_hash, OLD.summary, OLD.subject_kind, OLD.subject_id, OLD.amount, OLD.currency,
      OLD.required, OLD.proposed_by, OLD.proposed_at, OLD.expires_at) THEN
    RAISE EXCEPTION 'what approval % is about does not change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.status = OLD.status THEN
    RETURN NEW;
  END IF;
  IF NOT ((OLD.status = 'PROPOSED' AND NEW.status IN ('APPROVED', 'REJECTED', 'EXPIRED', 'WITHDRAWN'))
       OR (OLD.status = 'APPROVED' AND NEW.status IN ('APPLIED', 'EXPIRED', 'WITHDRAWN'))) THEN
    RAISE EXCEPTION 'approval % does not go from % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  SELECT count(*) INTO approvals_given FROM approval_decisions WHERE approval_id = OLD.id AND decision = 'APPROVED';
  IF NEW.status IN ('APPROVED', 'APPLIED') AND approvals_given < OLD.required THEN
    RAISE EXCEPTION 'approval % has % of % approvals', OLD.id, approvals_given, OLD.required USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.status IN ('APPROVED', 'APPLIED') AND OLD.expires_at <= now() THEN
    RAISE EXCEPTION 'approval % has run out', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_approval BEFORE INSERT OR UPDATE ON approvals FOR EACH ROW EXECUTE FUNCTION guard_approval();

CREATE FUNCTION guard_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  decided approvals;
BEGIN
  -- The lock makes decisions on one proposal come one after the other.
  SELECT * INTO decided FROM approvals WHERE id = NEW.approval_id FOR NO KEY UPDATE;
  IF decided.status <> 'PROPOSED' OR decided.expires_at <= now() THEN
    RAISE EXCEPTION 'approval % is not open', NEW.approval_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_decision BEFORE INSERT ON approval_decisions FOR EACH ROW EXECUTE FUNCTION guard_decision();

-- The step that a ledger transaction takes with it: it fails, and the movement with it, where the approval is not there.
CREATE FUNCTION apply_approval(approval bigint, hash bytea, actor text, outcome jsonb) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE approvals SET status = 'APPLIED', closed_at = now(), applied_by = actor, result = outcome
   WHERE id = approval AND content_hash = hash AND status = 'APPROVED';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'approval % can not be applied', approval USING ERRCODE = 'check_violation';
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION apply_approval(bigint, bytea, text, jsonb) TO pitboss_app;

-- The newest row of a kind, currency and threshold holds; a removed one holds nothing. Rows are only added.
CREATE TABLE approval_policies (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  currency text,
  from_amount bigint NOT NULL DEFAULT 0 CHECK (from_amount >= 0),
  approvals smallint NOT NULL CHECK (approvals BETWEEN 0 AND 5),
  open_hours integer NOT NULL CHECK (open_hours BETWEEN 1 AND 720),
  removed boolean NOT NULL DEFAULT false,
  approval_id bigint REFERENCES approvals,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (currency IS NOT NULL OR from_amount = 0)
);
CREATE INDEX approval_policies_kind ON approval_policies (kind, currency, from_amount, id);
INSERT INTO approval_policies (kind, currency, from_amount, approvals, open_hours) VALUES
  ('wallet.adjustment', NULL, 0, 1, 24),
  ('wallet.adjustment', 'EUR', 0, 1, 24),
  ('wallet.adjustment', 'EUR', 1000000, 2, 24),
  ('staff.role-grant', NULL, 0, 1, 72),
  ('approval.policy', NULL, 0, 1, 72),
  ('player.erasure', NULL, 0, 1, 168);

CREATE FUNCTION guard_policy() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM approvals WHERE id = NEW.approval_id AND kind = 'approval.policy' AND status IN ('APPROVED', 'APPLIED')) THEN
    RAISE EXCEPTION 'a policy changes under four eyes' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_policy BEFORE INSERT ON approval_policies FOR EACH ROW EXECUTE FUNCTION guard_policy();

CREATE TABLE staff_roles (
  staff_id bigint NOT NULL REFERENCES staff,
  role text NOT NULL CHECK (role IN ('support', 'finance', 'compliance', 'risk', 'operations', 'auditor', 'admin')),
  granted_at timestamptz NOT NULL DEFAULT now(),
  granted_by bigint REFERENCES staff,
  approval_id bigint REFERENCES approvals,
  PRIMARY KEY (staff_id, role)
);
CREATE INDEX staff_roles_role ON staff_roles (role);
-- A powerful role takes an approval that names this person and this role. The first roles of a new house, given in one
-- statement before anybody ever signed in, are the only ones without.
CREATE FUNCTION guard_roles() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  wrong text;
BEGIN
  IF (SELECT count(*) FROM staff_roles) = (SELECT count(*) FROM granted) AND NOT EXISTS (SELECT FROM staff_sessions) THEN
    RETURN NULL;
  END IF;
  SELECT g.role INTO wrong FROM granted g
   WHERE g.role NOT IN ('support', 'auditor')
     AND NOT EXISTS (
       SELECT FROM approvals a
        WHERE a.id = g.approval_id AND a.kind = 'staff.role-grant' AND a.status IN ('APPROVED', 'APPLIED')
          AND a.content->>'role' = g.role AND a.content->>'staffId' = public_id('st', g.staff_id))
   LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the role % takes a second person', wrong USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER guard_roles AFTER INSERT ON staff_roles
  REFERENCING NEW TABLE AS granted FOR EACH STATEMENT EXECUTE FUNCTION guard_roles();
CREATE TRIGGER no_update BEFORE UPDATE ON staff_roles FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT, UPDATE (status, closed_at, applied_by, result) ON approvals TO pitboss_app;
GRANT SELECT, INSERT, DELETE ON staff_roles TO pitboss_app;

-- Audit ---------------------------------------------------------------------------------------------------------------
-- Written in the transaction that each row describes. The chain is made afterwards by the sealer, so that no write
-- waits for another one's hash.
CREATE TABLE audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor_kind text NOT NULL CHECK (actor_kind IN ('staff', 'player', 'machine', 'job', 'system')),
  actor_id text NOT NULL,
  acting_as text[] NOT NULL,
  channel text NOT NULL CHECK (channel IN ('console', 'cli', 'api', 'job')),
  session_id text,
  ip inet,
  user_agent text,
  action text NOT NULL,
  subject_kind text NOT NULL,
  subject_id text NOT NULL,
  reason text,
  before jsonb,
  after jsonb,
  approval_id text,
  trace_id uuid
);
CREATE INDEX audit_log_actor ON audit_log (actor_kind, actor_id, id);
CREATE INDEX audit_log_subject ON audit_log (subject_kind, subject_id, id);
CREATE INDEX audit_log_action ON audit_log (action, id);
CREATE INDEX audit_log_time ON audit_log USING brin (at);

-- Rows that the sealer has not chained yet; the trigger puts them in, the sealer takes them out.
CREATE TABLE audit_unsealed (audit_id bigint PRIMARY KEY);
CREATE FUNCTION queue_audit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO audit_unsealed SELECT id FROM written;
  RETURN NULL;
END $$;
CREATE TRIGGER queue_audit AFTER INSERT ON audit_log
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION queue_audit();

CREATE TABLE audit_chain (
  position bigint PRIMARY KEY CHECK (position > 0),
  audit_id bigint NOT NULL UNIQUE,
  entry_hash bytea NOT NULL CHECK (length(entry_hash) = 32),
  chain_hash bytea NOT NULL CHECK (length(chain_hash) = 32)
);
CREATE TABLE audit_checkpoints (
  number bigint PRIMARY KEY CHECK (number > 0),
  position bigint NOT NULL UNIQUE REFERENCES audit_chain,
  chain_hash bytea NOT NULL,
  sealed_at timestamptz NOT NULL,
  kid text NOT NULL REFERENCES signing_keys,
  signature text NOT NULL
);
DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['audit_log', 'audit_chain', 'audit_checkpoints', 'approval_decisions', 'approval_policies',
                                 'sign_in_attempts', 'player_notes'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
END $$;
CREATE TRIGGER no_delete BEFORE DELETE ON approvals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON approvals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT, DELETE ON audit_unsealed TO pitboss_app;

-- From where accounts can be opened, and from which age. A country without a row is not served.
INSERT INTO country_rules (country, effective_from, open, min_age)
SELECT country, DATE '2025-01-01', true, CASE WHEN country IN ('EE', 'LT', 'BE', 'GR') THEN 21 ELSE 18 END
  FROM unnest(ARRAY['AT', 'BE', 'BG', 'CA', 'CH', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'GB', 'GR', 'HR', 'HU', 'IE', 'IS',
                    'IT', 'LI', 'LT', 'LU', 'LV', 'MT', 'NO', 'NZ', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK', 'BR', 'JP', 'ZA']) AS country;
