"""A small maker's organization to look at: each domain adds its part through the hook `fill_demo`."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class DemoData:
    """What the domains have made so far: ids by names such as `location.workshop`, for those that come after."""

    ids: dict[str, str] = field(default_factory=dict)
