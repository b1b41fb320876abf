-- Public keys that seals were signed with. Keys are added when they first sign and never removed: old seals stay
-- checkable after a rotation, by whichever engine is asked.
CREATE TABLE seal_keys (
  kid text PRIMARY KEY,
  public_jwk jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON seal_keys FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON seal_keys FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON seal_keys TO pitboss_app;
