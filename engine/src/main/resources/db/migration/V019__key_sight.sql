-- Which contexts and queues a key reaches; null for all.
ALTER TABLE api_key ADD COLUMN contexts text[], ADD COLUMN queues text[];
ALTER TABLE key_event ADD COLUMN contexts text[], ADD COLUMN queues text[];
