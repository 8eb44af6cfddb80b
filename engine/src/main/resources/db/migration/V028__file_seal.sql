-- A file with a subject is sealed, with the subject's key and with its own; the first files were not.
ALTER TABLE evidence_file ADD COLUMN subject text;
