-- Players' own way in: devices that are known again, sessions that end with all that was opened from them, and the
-- revocations that every engine reads once a second.

-- A browser or an app that its player signed in from, known again by a secret that it keeps. Others' guesses at the
-- account don't hold it back. (The table `devices` names where bets came from, by address and user agent.)
CREATE TABLE known_devices (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  -- SHA-256 of the secret.
  hash bytea NOT NULL UNIQUE,
  first_seen_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  ip inet,
  user_agent text,
  forgotten_at timestamptz
);
CREATE INDEX known_devices_player ON known_devices (player_id, id);
GRANT SELECT, INSERT, UPDATE (last_seen_at, ip, user_agent, forgotten_at) ON known_devices TO pitboss_app;

ALTER TABLE player_sessions ADD COLUMN device_id bigint REFERENCES known_devices;
CREATE INDEX player_sessions_device ON player_sessions (device_id) WHERE device_id IS NOT NULL;

-- From which sign-in a game was opened; null where an operator opened it.
ALTER TABLE game_sessions ADD COLUMN player_session_id bigint REFERENCES player_sessions;
CREATE INDEX game_sessions_of_session ON game_sessions (player_session_id) WHERE player_session_id IS NOT NULL;

-- A change of address waits, sealed with the player's key, until the new address has answered.
ALTER TABLE player_links
  ADD COLUMN new_email bytea,
  DROP CONSTRAINT player_links_purpose_check,
  ADD CONSTRAINT player_links_purpose_check CHECK (purpose IN ('VERIFY_EMAIL', 'RESET_PASSWORD', 'CHANGE_EMAIL')),
  ADD CONSTRAINT new_email_is_for_a_change CHECK ((purpose = 'CHANGE_EMAIL') = (new_email IS NOT NULL));
CREATE INDEX player_links_expiry ON player_links (expires_at);

-- An address belongs to whoever proved it: until then it is only a search term of its player, and several may wait.
ALTER TABLE player_details ADD CONSTRAINT proven_address_is_indexed CHECK (email_index IS NULL OR email IS NOT NULL);

CREATE INDEX player_refresh_tokens_expiry ON player_refresh_tokens (expires_at);
CREATE INDEX player_refresh_tokens_used ON player_refresh_tokens (used_at) WHERE used_at IS NOT NULL;

-- What was revoked lately, which is all that engines ask for.
CREATE INDEX player_sessions_revoked ON player_sessions (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX player_tokens_revoked ON player_tokens (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX game_sessions_ended ON game_sessions (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX machine_keys_revoked ON machine_keys (revoked_at) WHERE revoked_at IS NOT NULL;

-- Who registers is the actor of their own audit row, so the number is drawn before the player is written.
GRANT USAGE ON SEQUENCE players_id_seq TO pitboss_app;
