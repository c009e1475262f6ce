-- Only the SHA-256 of an invitation's token is kept. Links that were sent before go on working.
ALTER TABLE invitation ADD COLUMN token_hash bytea;
UPDATE invitation SET token_hash = sha256(convert_to(token, 'UTF8'));
ALTER TABLE invitation ALTER COLUMN token_hash SET NOT NULL;
ALTER TABLE invitation DROP COLUMN token;
CREATE UNIQUE INDEX invitation_token_hash_key ON invitation (token_hash);
