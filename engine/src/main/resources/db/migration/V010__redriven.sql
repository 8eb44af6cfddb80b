-- A dispatch that is redriven keeps its id, and may be given up again: so letters have ids of their own.
ALTER TABLE dead_letter ADD COLUMN dispatch uuid;
UPDATE dead_letter SET dispatch = id WHERE kind = 'DISPATCH';
CREATE INDEX dead_letter_dispatch ON dead_letter (dispatch) WHERE dispatch IS NOT NULL;
