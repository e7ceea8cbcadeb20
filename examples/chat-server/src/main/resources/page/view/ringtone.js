const INTERVAL = 3_000;
const BEATS = [0, 0.45];
const NOTES = [523.25, 659.25];
const LENGTH = 0.35;
const VOLUME = 0.12;

/** Returns a ringtone. Silent until the user has pressed something in the page, because browsers permit no sound before. */
export function createRingtone() {
  let context = null;
  let timer = 0;

  function start() {
    if (context || !navigator.userActivation?.hasBeenActive) return;
    context = new AudioContext();
    ring();
    timer = setInterval(ring, INTERVAL);
  }

  function ring() {
    for (const beat of BEATS) NOTES.forEach((note) => play(note, context.currentTime + beat));
  }

  /** Plays a note that swells and fades, because a sudden end clicks. */
  function play(note, begin) {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = note;
    volume.gain.setValueAtTime(0, begin);
    volume.gain.linearRampToValueAtTime(VOLUME, begin + LENGTH / 4);
    volume.gain.linearRampToValueAtTime(0, begin + LENGTH);
    tone.connect(volume).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + LENGTH);
  }

  function stop() {
    clearInterval(timer);
    context?.close();
    context = null;
  }

  return { start, stop };
}
