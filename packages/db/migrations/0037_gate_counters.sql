-- A player's counters leave JSON: each bet of a player with limits reads and writes them, and building a jsonb value took
-- longer than the rules did. The form is that of packages/domain/src/risk/stored-play.ts: the clock in the first line, then a
-- line for each limit with its newest slot. The slots before it stand in a column of their own, out of the row, which most
-- bets neither read nor write; they get their sum when the next one is placed.
CREATE FUNCTION slots_as_text(counts jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_agg(slot || ':' || net || ':' || gross ORDER BY slot), '{}')
    FROM (SELECT (c->>0)::bigint / 900000 AS slot, c->>1 AS net, c->>2 AS gross FROM jsonb_array_elements(counts) c) counted
$$;
CREATE FUNCTION play_as_text(play jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN jsonb_typeof(play->'clock') = 'object'
              THEN concat_ws(',', play #>> '{clock,startedMs}', play #>> '{clock,lastMs}', play #>> '{clock,checkedMs}',
                             coalesce(play #>> '{clock,spinMs}', ''))
              ELSE '' END
      || coalesce((
           SELECT string_agg(
                    E'\n' || concat_ws('|', l.value->>'kind', l.value->>'period', l.value->>'window', l.value->>'zone',
                                       coalesce(l.value->>'currency', ''), l.value->>'amount',
                                       coalesce(replace(slots[cardinality(slots)], ':', '|'), '|0|0'), '', ''),
                    '' ORDER BY l.ordinality)
             FROM jsonb_array_elements(play->'limits') WITH ORDINALITY l, slots_as_text(l.value->'counts') slots), '')
$$;
CREATE FUNCTION older_as_text(play jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(string_agg(array_to_string(slots[:cardinality(slots) - 1], ','), E'\n' ORDER BY l.ordinality), '')
    FROM jsonb_array_elements(play->'limits') WITH ORDINALITY l, slots_as_text(l.value->'counts') slots
$$;
ALTER TABLE player_gates ADD COLUMN older text NOT NULL DEFAULT '';
UPDATE player_gates SET older = older_as_text(play);
ALTER TABLE player_gates ALTER COLUMN play DROP DEFAULT;
ALTER TABLE player_gates ALTER COLUMN play TYPE text USING play_as_text(play);
ALTER TABLE player_gates ALTER COLUMN play SET DEFAULT '';
DROP FUNCTION play_as_text(jsonb), older_as_text(jsonb), slots_as_text(jsonb);
ALTER TABLE player_gates ALTER COLUMN play SET STORAGE MAIN, ALTER COLUMN older SET STORAGE EXTERNAL, SET (toast_tuple_target = 256);
