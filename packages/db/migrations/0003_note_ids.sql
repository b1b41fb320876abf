-- A note's id is part of the place that its body is sealed for, so it is drawn before the row is written.
GRANT USAGE ON SEQUENCE player_notes_id_seq TO pitboss_app;
