"""docs/proof.md: its figures are counted and measured by `python -m tests.proof`, never typed."""
