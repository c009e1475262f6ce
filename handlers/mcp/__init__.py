"""Agents: the tools of /mcp (docs/agents.md, docs/adr/0069). All they do is to call operations, as their caller."""
