-- What staff looks for and no index led to.

-- A closed round by its provider's own name for it, whoever played it: ⌘K knows nothing but the name.
-- A hash of the name: 30 bytes a round, where the name itself or an index of the kind "hash" would take 70.
CREATE INDEX rounds_ref ON rounds (hashtext(round_ref));

-- Players by the day they came. Their numbers do not tell it: players of an earlier house keep their day.
CREATE INDEX players_created ON players (created_at, id);

-- The audit log by time. A summary of pages finds a day, but not where it begins, which is what a page goes on from.
CREATE INDEX audit_log_at ON audit_log (at, id);
DROP INDEX audit_log_time;
-- An action that one kind of actors takes all day and another one hardly ever.
CREATE INDEX audit_log_kind_action ON audit_log (actor_kind, action, id);
