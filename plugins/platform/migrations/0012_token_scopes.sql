-- What an API token may be used for (docs/adr/0070), in the words of the document: read, write, either of one tag, costs.
-- NULL: for everything, as before.
-- old servers work: because they neither read nor write the columns. To a token with scopes they allow whatever its
-- owner's role allows, so such tokens are made once all servers are of this version.
ALTER TABLE api_token ADD COLUMN scopes text[] CHECK (cardinality(scopes) > 0);
ALTER TABLE api_token ADD COLUMN skips_confirmation boolean NOT NULL DEFAULT false;
