const EVERY_MS = 125;

/**
 * Reports a microphone's level about eight times a second, 0 to 1. A context that the browser
 * holds back reports nothing, or a good microphone would seem silent.
 *
 * @param {(level: number) => void} report
 */
export function createMeter(report) {
  /** @type {AudioContext | null} */
  let context = null;
  /** @type {MediaStreamTrack | null} */
  let current = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  function stop() {
    clearInterval(timer);
    context?.close();
    context = null;
    current = null;
  }

  /** @param {MediaStreamTrack | null} track */
  function watch(track) {
    if (track === current) return;
    stop();
    if (!track) return;
    current = track;
    const audio = new AudioContext();
    context = audio;
    const analyser = audio.createAnalyser();
    audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    timer = setInterval(() => {
      if (audio.state !== "running" || document.hidden) return;
      analyser.getFloatTimeDomainData(samples);
      report(rootMeanSquare(samples));
    }, EVERY_MS);
  }

  return { watch, stop };
}

/** @param {Float32Array} samples */
export function rootMeanSquare(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}
