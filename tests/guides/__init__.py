"""The workflows of docs/guides/, run against the real server; and the samples of the guides, which are made of them."""
