-- Slices of storm windows that nobody counts any more are forgotten.
GRANT DELETE ON storm_tally TO signalbox_app;
