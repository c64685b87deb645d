"""The web app: pages, tokens, consent and missed hints."""

from coach.web.app import running_web_app
from coach.web.config import WebConfig

__all__ = ["WebConfig", "running_web_app"]
