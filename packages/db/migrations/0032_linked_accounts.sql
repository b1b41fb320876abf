-- What accounts have in common.

-- Whoever signed in from a browser or app that another account had signed in from before. The device's own row stays with
-- the account that it was first seen with.
CREATE TABLE device_sightings (
  device_id bigint NOT NULL REFERENCES known_devices,
  player_id bigint NOT NULL REFERENCES players,
  first_seen_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (device_id, player_id)
);
CREATE INDEX device_sightings_player ON device_sightings (player_id);

-- Whoever tried to pay with a card that another account had brought: it is refused, and says something all the same.
CREATE TABLE instrument_sightings (
  psp text NOT NULL,
  fingerprint text NOT NULL,
  player_id bigint NOT NULL REFERENCES players,
  first_seen_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (psp, fingerprint, player_id)
);
CREATE INDEX instrument_sightings_player ON instrument_sightings (player_id);

-- Keyed hashes, cut to 16 bytes, of what personal data would betray two accounts of one person: the same phone number, the
-- same postal address, the same name with the same birth date. They go when the player is erased.
CREATE TABLE player_marks (
  kind text NOT NULL CHECK (kind IN ('PHONE', 'ADDRESS', 'PERSON')),
  mark bytea NOT NULL CHECK (length(mark) = 16),
  player_id bigint NOT NULL REFERENCES players,
  PRIMARY KEY (kind, mark, player_id)
);
CREATE INDEX player_marks_player ON player_marks (player_id);
-- Players whose marks have been made, so that those from before are found.
ALTER TABLE player_details ADD COLUMN marked_at timestamptz;
CREATE INDEX player_details_unmarked ON player_details (player_id) WHERE marked_at IS NULL AND erased_at IS NULL;

CREATE INDEX devices_place ON devices (ip, user_agent);

GRANT SELECT, INSERT, UPDATE (last_seen_at) ON device_sightings, instrument_sightings TO pitboss_app;
GRANT SELECT, INSERT, DELETE ON player_marks TO pitboss_app;
