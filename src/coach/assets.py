"""Where the pages and prompts are: inside the installed package, or beside the source."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


def pages() -> Path:
    """The folder of the built pages."""
    packed = _PACKAGE / "assets" / "web"
    return packed if packed.is_dir() else _CHECKOUT / "web" / "dist"


def prompts() -> Path:
    """The folder of the practices' prompts."""
    packed = _PACKAGE / "assets" / "prompts"
    return packed if packed.is_dir() else _CHECKOUT / "prompts"
