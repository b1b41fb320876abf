-- The names under which the house meets players. A player belongs to one for ever; reports tell them apart.
CREATE TABLE brands (
  code text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9_]{1,39}$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  opened_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT ON brands TO pitboss_app;
-- The one that a house with a single name has, and that all players until now belong to.
INSERT INTO brands (code, name) VALUES ('main', 'Main');
ALTER TABLE players ADD COLUMN brand text NOT NULL DEFAULT 'main' REFERENCES brands;
CREATE FUNCTION refuse_brand_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a player keeps their brand' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER brand_stays BEFORE UPDATE OF brand ON players
  FOR EACH ROW WHEN (OLD.brand IS DISTINCT FROM NEW.brand) EXECUTE FUNCTION refuse_brand_change();
