-- Where players were when it mattered, and what was made of it.

CREATE TABLE geo_decisions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id bigint NOT NULL REFERENCES players,
  occasion text NOT NULL CHECK (occasion IN ('LAUNCH', 'DEPOSIT', 'GAME_BANK')),
  verdict text NOT NULL CHECK (verdict IN ('ALLOW', 'FLAG', 'REFUSE')),
  -- The strictest of the findings; null where nothing was found.
  rule text CHECK ((rule IS NULL) = (verdict = 'ALLOW')),
  rule_version smallint NOT NULL,
  findings jsonb NOT NULL,
  inputs jsonb NOT NULL,
  pack text NOT NULL,
  pack_version integer NOT NULL,
  ip inet,
  -- To a tenth of a degree, about eleven kilometres: enough to see why, too little to find a home.
  latitude numeric(3, 1) CHECK (latitude BETWEEN -90 AND 90),
  longitude numeric(4, 1) CHECK (longitude BETWEEN -180 AND 180),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((latitude IS NULL) = (longitude IS NULL))
);
CREATE INDEX geo_decisions_player ON geo_decisions (player_id, id);
CREATE INDEX geo_decisions_found ON geo_decisions (id) WHERE verdict <> 'ALLOW';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON geo_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON geo_decisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON geo_decisions TO pitboss_app;

-- What a game session was opened on: its bets go by what was found out then.
ALTER TABLE game_sessions ADD COLUMN geo_decision_id bigint REFERENCES geo_decisions;

-- The country that issued a document, where the player or the vendor told.
ALTER TABLE kyc_documents ADD COLUMN issued_in text CHECK (issued_in ~ '^[A-Z]{2}$');

-- The rules of conflicts, and the hours within which somebody looks at a case, as the next versions of the packs. Where a
-- version is still to come, the one that follows it begins with it.
ALTER TABLE jurisdiction_packs DISABLE TRIGGER guard_rules;
INSERT INTO jurisdiction_packs (code, version, effective_from, countries, rules)
SELECT p.code, p.version + 1, greatest(now(), p.effective_from), p.countries,
       p.rules || jsonb_build_object(
         'geo', (p.rules -> 'geo') || coalesce(g.rules, '{}'::jsonb)
           || CASE WHEN p.rules #>> '{geo,proxies}' = 'ALLOW' THEN '{"proxies": "FLAG"}'::jsonb ELSE '{}'::jsonb END,
         'kyc', (p.rules -> 'kyc') || '{"caseHours": 24}'::jsonb)
  FROM (SELECT DISTINCT ON (code) * FROM jurisdiction_packs ORDER BY code, version DESC) p
  LEFT JOIN (VALUES
    ('DEFAULT', '{"hosting": "FLAG", "unanswered": "FLAG", "conflicts": [
      {"between": ["IP", "DEVICE"], "verdict": "FLAG"}, {"between": ["DOCUMENT", "ACCOUNT"], "verdict": "FLAG"}]}'::jsonb),
    ('MT', '{"hosting": "FLAG", "unanswered": "FLAG", "conflicts": [
      {"between": ["IP", "DEVICE"], "verdict": "FLAG"}, {"between": ["DOCUMENT", "ACCOUNT"], "verdict": "FLAG"}]}'::jsonb),
    ('UK', '{"hosting": "FLAG", "unanswered": "FLAG", "conflicts": [
      {"between": ["IP", "DEVICE"], "verdict": "REFUSE"}, {"between": ["DOCUMENT", "ACCOUNT"], "verdict": "FLAG"}]}'::jsonb),
    ('DE', '{"hosting": "FLAG", "unanswered": "FLAG", "conflicts": [
      {"between": ["IP", "DEVICE"], "verdict": "REFUSE"}, {"between": ["DOCUMENT", "ACCOUNT"], "verdict": "FLAG"}]}'::jsonb)
  ) AS g (code, rules) ON g.code = p.code;
ALTER TABLE jurisdiction_packs ENABLE TRIGGER guard_rules;
