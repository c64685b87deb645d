"""The web app: pages, tokens, consent and missed hints."""

from coach.web.app import WebConfig, running_web_app

__all__ = ["WebConfig", "running_web_app"]
