"""Build hook: prompts and built pages go into the wheel; a checkout has them beside the source."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelAssets(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the assets to a wheel, not to an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fail when the pages aren't built: a wheel without them can't serve anyone."""
        if version == "editable":
            return
        if not (Path(self.root) / "web" / "dist" / "partner.html").is_file():
            raise FileNotFoundError("the pages are not built; run: make pages")
        build_data["force_include"]["prompts"] = "coach/assets/prompts"
        build_data["force_include"]["web/dist"] = "coach/assets/web"
