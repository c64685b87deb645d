"""The room as the gate sees it: who is here, what was agreed, which track is the microphone."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from livekit import rtc
from livekit.rtc.room import EventTypes

from coach.protocol import ATTRIBUTE_CONSENT, ATTRIBUTE_STATE
from coach.tasks import Tasks
from coach.worker.gate import Decision, Facts, Listening, Microphone, decide
from coach.worker.microphone import PartnerMicrophone

log = logging.getLogger("coach.worker")

RETRY_SECONDS = 2.0
RESTS = 2
"""So many looks without a frame, and the sound is taken for lost."""

_EVENTS: tuple[EventTypes, ...] = (
    "participant_connected",
    "participant_disconnected",
    "participant_attributes_changed",
    "track_published",
    "track_unpublished",
    "track_subscribed",
    "track_unsubscribed",
    "track_muted",
    "track_unmuted",
    "reconnected",
)


class PartnerWatch:
    """Keeps the one subscription in line with the gate, whatever happens in the room.

    `decided` is called on every new decision, after the subscription has been changed.
    """

    def __init__(
        self,
        room: rtc.Room,
        partner: str,
        facilitator: str,
        microphone: PartnerMicrophone,
        tasks: Tasks,
        decided: Callable[[Decision], None],
    ) -> None:
        self._room = room
        self._partner = partner
        self._facilitator = facilitator
        self._microphone = microphone
        self._tasks = tasks
        self._decided = decided
        self._facts = Facts()
        self._decision = decide(self._facts)
        self._announced = False

    @property
    def decision(self) -> Decision:
        """What holds now."""
        return self._decision

    @property
    def facts(self) -> Facts:
        """What the decision rests on."""
        return self._facts

    def start(self) -> None:
        """Follow the room from now on; before connecting, so that nothing is missed."""
        for event in _EVENTS:
            self._room.on(event, self._on_change)

    def restore(self, paused_by: frozenset[str], listening: Listening) -> None:
        """Take over what the two people wished of an earlier coach; before `start`."""
        self._facts = replace(self._facts, paused_by=paused_by, listening=listening)

    async def keep_subscribed(self) -> None:
        """Ask again for a microphone that should be heard and doesn't arrive, or no longer does,
        until cancelled.
        """
        rests = 0
        while True:
            before = self._microphone.arrived
            await asyncio.sleep(RETRY_SECONDS)
            publication = _microphone_of(self._room.remote_participants.get(self._partner))
            if publication is None or publication.muted or not self._decision.hear:
                rests = 0
                continue
            rests = rests + 1 if self._microphone.arrived == before else 0
            if publication.track is None or rests >= RESTS:
                rests = 0
                self._ask_again(publication)

    def pause(self, who: str) -> None:
        """One of the two asks not to be heard."""
        self._know(replace(self._facts, paused_by=self._facts.paused_by | {who}))

    def resume(self, who: str) -> None:
        """Lift this person's own pause; the other's stays."""
        self._know(replace(self._facts, paused_by=self._facts.paused_by - {who}))

    def listen(self, listening: Listening, *, held: bool) -> None:
        """Continuous, or only while the facilitator holds the key."""
        self._know(replace(self._facts, listening=listening, held=held))

    def end(self, limit: str) -> None:
        """A limit of the session is reached: nothing more is heard."""
        self._know(replace(self._facts, limit=limit))

    def refresh(self) -> None:
        """Read the room anew."""
        self._know(self._facts)

    def _on_change(self, *_: object) -> None:
        self.refresh()

    def _know(self, facts: Facts) -> None:
        before, self._facts = self._decision, self._as_in_room(facts)
        self._decision = decide(self._facts)
        self._subscribe()
        if self._decision != before or not self._announced:
            self._announced = True
            self._tasks.start(self._publish(self._decision.public), "state-attribute")
            self._decided(self._decision)

    def _as_in_room(self, facts: Facts) -> Facts:
        partner = self._room.remote_participants.get(self._partner)
        return replace(
            facts,
            partner_present=partner is not None,
            held=facts.held and self._facilitator in self._room.remote_participants,
            consent=partner.attributes.get(ATTRIBUTE_CONSENT, "") if partner else "",
            microphone=_state(_microphone_of(partner), flowing=self._microphone.flowing),
        )

    def _subscribe(self) -> None:
        """Ask for the partner's microphone alone, and read it only while the gate is open."""
        partner = self._room.remote_participants.get(self._partner)
        publication = _microphone_of(partner)
        if publication is None or publication.track is None or not self._decision.hear:
            self._microphone.close()
        if publication is None:
            return
        if publication.subscribed != self._decision.hear:
            publication.set_subscribed(self._decision.hear)
        if self._decision.hear and publication.track is not None:
            self._open(publication.track)

    def _open(self, track: rtc.Track) -> None:
        if self._microphone.track is track:
            return
        self._microphone.open(track, self.refresh)
        log.info(f"Listening to participant: {self._partner}")  # noqa: G004 (operators wait for it)

    def _ask_again(self, publication: rtc.RemoteTrackPublication) -> None:
        log.warning("Microphone did not arrive; asking again")
        self._microphone.close()
        publication.set_subscribed(False)
        publication.set_subscribed(True)
        self.refresh()

    async def _publish(self, state: str) -> None:
        await self._room.local_participant.set_attributes({ATTRIBUTE_STATE: state})


def _microphone_of(partner: rtc.RemoteParticipant | None) -> rtc.RemoteTrackPublication | None:
    for publication in partner.track_publications.values() if partner else ():
        if publication.source == rtc.TrackSource.SOURCE_MICROPHONE:
            return publication
    return None


def _state(publication: rtc.RemoteTrackPublication | None, *, flowing: bool) -> Microphone:
    if publication is None:
        return "none"
    if publication.muted:
        return "muted"
    return "live" if flowing else "coming"
