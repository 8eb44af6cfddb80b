-- Ends a transaction whose statements are sent together, when one of them did not change the rows
-- it was meant to. See dev.signalbox.db.Bundle.
CREATE FUNCTION expect_rows(changed bigint, expected bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF changed <> expected THEN
    RAISE EXCEPTION '% rows were changed, and not %.', changed, expected USING ERRCODE = 'SB001';
  END IF;
  RETURN changed;
END
$$;
