/** @import { Room } from "livekit-client" */

/** @typedef {{ protocol: string, relayed: boolean, roundTripMs: number | null }} Path */

/** How media travels: UDP or TCP, direct or relayed. Null until something was sent or received. @param {Room} room @returns {Promise<Path | null>} */
export async function mediaPath(room) {
  for (const one of [room.localParticipant, ...room.remoteParticipants.values()]) {
    for (const { track } of one.trackPublications.values()) {
      const path = pathFrom((await track?.getRTCStatsReport()) ?? new Map());
      if (path) return path;
    }
  }
  return null;
}

/** @param {ReadonlyMap<string, any>} report @returns {Path | null} */
export function pathFrom(report) {
  const all = [...report.values()];
  const transport = all.find((one) => one.type === "transport" && one.selectedCandidatePairId);
  const pair = transport
    ? report.get(transport.selectedCandidatePairId)
    : all.find((one) => one.type === "candidate-pair" && one.state === "succeeded" && one.nominated);
  const local = pair && report.get(pair.localCandidateId);
  if (!local) return null;
  const roundTrip = pair.currentRoundTripTime;
  return {
    protocol: (local.relayProtocol ?? local.protocol ?? "unknown").toUpperCase(),
    relayed: local.candidateType === "relay",
    roundTripMs: roundTrip === undefined ? null : Math.round(roundTrip * 1000),
  };
}
