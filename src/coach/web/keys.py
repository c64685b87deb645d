"""What the handlers share, as typed keys of the aiohttp app."""

import asyncio

from aiohttp import web
from livekit import api

from coach.settings import Settings
from coach.store import Store
from coach.web.config import WebConfig
from coach.web.facilitators import SignIn
from coach.web.rooms import Rooms
from coach.web.seats import SeatSigner

SETTINGS = web.AppKey("settings", Settings)
CONFIG = web.AppKey("config", WebConfig)
STORE = web.AppKey("store", Store)
ROOMS = web.AppKey("rooms", Rooms)
SEATS = web.AppKey("seats", SeatSigner)
SIGN_IN = web.AppKey("sign_in", SignIn)
LIVEKIT = web.AppKey("livekit", api.LiveKitAPI)
PRIVACY_CHECK = web.AppKey("privacy_check", asyncio.Lock)
