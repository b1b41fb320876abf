-- Daily files of game providers, as they were taken in. Of a day the newest counts; a file that came before it stays.
CREATE TABLE provider_files (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider_id integer NOT NULL REFERENCES providers,
  -- The business day, UTC.
  day date NOT NULL,
  format text NOT NULL CHECK (format IN ('csv', 'json')),
  -- Hex of the bytes, which lie in the object store.
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  rounds integer NOT NULL CHECK (rounds >= 0),
  imported_by text NOT NULL,
  imported_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX provider_files_day ON provider_files (provider_id, day, id);

CREATE TABLE provider_file_rounds (
  file_id bigint NOT NULL REFERENCES provider_files,
  line integer NOT NULL,
  round_ref text NOT NULL,
  -- As the file names the player, and who of the house that is.
  player text NOT NULL,
  player_id bigint,
  bets bigint NOT NULL CHECK (bets >= 0),
  wins bigint NOT NULL CHECK (wins >= 0),
  currency smallint NOT NULL,
  status text NOT NULL CHECK (status IN ('OPEN', 'CLOSED', 'ROLLED_BACK')),
  PRIMARY KEY (file_id, line)
);
CREATE INDEX provider_file_rounds_round ON provider_file_rounds (round_ref, file_id);

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['provider_files', 'provider_file_rounds'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO pitboss_app', guarded);
  END LOOP;
END $$;
