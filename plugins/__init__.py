"""The domains of Pharus, one folder each. `manager.DOMAINS` orders them."""
