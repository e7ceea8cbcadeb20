import { REMOVED, mediaFailure } from "./call-failures.js";

/**
 * @typedef {import("./call-slots.js").Kind} Kind
 * @typedef {import("./roomcast-calls.d.ts").MediaFailure} MediaFailure
 * @typedef {import("./roomcast-calls.d.ts").CallSelf} CallSelf
 * @typedef {{ success: true } | MediaFailure} Outcome
 */

const AUDIO = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
/** @type {Outcome} */
const DONE = { success: true };

/**
 * The microphone, the camera and the screen of this device.
 *
 * @param {object} parts
 * @param {import("./call-browser.js").CallBrowser} parts.browser
 * @param {import("./roomcast-calls.d.ts").CallsOptions} parts.options
 * @param {() => void} parts.onChange
 */
export function createMedia({ browser, options, onChange }) {
  /** @type {Record<Kind, MediaStreamTrack | null>} */
  let open = { audio: null, video: null, screen: null };
  /** The ids of the devices that the user chose. @type {{ audio?: string, video?: string }} */
  const chosen = {};
  /** @type {CallSelf["problems"]} */
  let problems = {};
  let isMuted = false;
  /** What the user switched off, so that it is closed if it is opened later. */
  const off = { video: false, screen: false };
  /** @type {MediaStream | undefined} */
  let stream;
  /** @type {MediaStream | undefined} */
  let screenStream;
  /** Changes with the end of a call, so that a device that is opened too late is closed. */
  let use = 0;
  /** @type {Promise<any>} */
  let last = Promise.resolve();

  /**
   * Opens one device after the other, unless the call has ended.
   *
   * @param {(at: number) => Promise<Outcome>} work receives the use that it opens a device for
   * @returns {Promise<Outcome>}
   */
  function inOrder(work) {
    const at = use;
    last = last.then(() => (at === use ? work(at) : DONE)).catch((error) => mediaFailure(error));
    return last;
  }

  /** @param {"audio" | "video"} kind @returns {MediaTrackConstraints} */
  function constraints(kind) {
    const wanted = kind === "audio" ? (options.audio ?? AUDIO) : (options.video ?? VIDEO);
    return chosen[kind] === undefined ? wanted : { ...wanted, deviceId: { exact: chosen[kind] } };
  }

  /** Opens devices together, so that the user is asked once. @param {("audio" | "video")[]} wanted @param {number} at @returns {Promise<Outcome>} */
  async function openAll(wanted, at) {
    const kinds = wanted.filter((kind) => kind === "audio" || !off.video);
    if (at !== use || kinds.length === 0) return DONE;
    try {
      const opened = await browser.open(Object.fromEntries(kinds.map((kind) => [kind, constraints(kind)])));
      opened.getTracks().forEach((track) => takeOrStop(/** @type {"audio" | "video"} */ (track.kind), track, at));
      return DONE;
    } catch (error) {
      // The call may have ended meanwhile: then nothing more is opened.
      return at === use ? openOthers(kinds, error, at) : DONE;
    }
  }

  /** A device that was chosen may be gone, and a camera is not required. @param {("audio" | "video")[]} kinds @param {unknown} error @param {number} at */
  async function openOthers(kinds, error, at) {
    const failure = mediaFailure(error);
    const unknown = failure.code === "device_not_found" ? kinds.filter((kind) => chosen[kind] !== undefined) : [];
    unknown.forEach((kind) => delete chosen[kind]);
    if (unknown.length > 0) return openAll(kinds, at);
    if (kinds.length > 1) {
      note("video", failure);
      return openAll(["audio"], at);
    }
    note(kinds[0], failure);
    onChange();
    return failure;
  }

  /** Closes a device that was opened too late. @param {Kind} kind @param {MediaStreamTrack} track @param {number} at */
  function takeOrStop(kind, track, at) {
    if (at !== use || (kind !== "audio" && off[kind])) track.stop();
    else take(kind, track);
  }

  /** @param {Kind} kind @param {MediaFailure | null} failure */
  function note(kind, failure) {
    const { [kind]: before, ...others } = problems;
    problems = failure ? { ...others, [kind]: failure } : others;
  }

  /** @param {Kind} kind @param {MediaStreamTrack | null} track */
  function take(kind, track) {
    const before = open[kind];
    open = { ...open, [kind]: track };
    if (kind === "audio" && track) track.enabled = !isMuted;
    if (before) before.onended = null;
    before?.stop();
    if (track) track.onended = () => void ended(kind, track);
    if (track) note(kind, null);
    renew();
    onChange();
  }

  function renew() {
    const own = [open.audio, open.video].flatMap((track) => track ?? []);
    const known = stream?.getTracks() ?? [];
    if (own.length !== known.length || own.some((track) => !known.includes(track))) stream = own.length > 0 ? browser.stream(own) : undefined;
    if (open.screen !== (screenStream?.getTracks()[0] ?? null)) screenStream = open.screen ? browser.stream([open.screen]) : undefined;
  }

  /** A device was removed, or the user ended the sharing of the screen in the browser. @param {Kind} kind @param {MediaStreamTrack} track */
  async function ended(kind, track) {
    if (open[kind] !== track) return;
    take(kind, null);
    if (kind === "screen") return;
    delete chosen[kind];
    const outcome = await inOrder(async (at) => (open[kind] ? DONE : openAll([kind], at)));
    if (!outcome.success) note(kind, REMOVED);
    onChange();
  }

  /** Mutes immediately, also while the user is asked for another device. @param {boolean} on @returns {Promise<Outcome>} */
  async function setAudio(on) {
    isMuted = !on;
    if (open.audio) open.audio.enabled = on;
    else if (on) return inOrder(async (at) => (open.audio || isMuted ? DONE : openAll(["audio"], at)));
    onChange();
    return DONE;
  }

  /** @param {boolean} on @returns {Promise<Outcome>} */
  async function setVideo(on) {
    off.video = !on;
    if (on) return inOrder(async (at) => (open.video ? DONE : openAll(["video"], at)));
    take("video", null);
    return DONE;
  }

  /** @param {boolean} on @returns {Promise<Outcome>} */
  async function setScreen(on) {
    const at = use;
    off.screen = !on;
    if (!on) take("screen", null);
    const outcome = on ? await openScreen(at) : DONE;
    if (at !== use) return outcome;
    note("screen", outcome.success ? null : outcome);
    onChange();
    return outcome;
  }

  /** A browser asks only while it handles a press of the user. @param {number} at @returns {Promise<Outcome>} */
  async function openScreen(at) {
    try {
      const opened = await browser.openScreen(options.screen ?? { video: true });
      opened.getAudioTracks().forEach((track) => track.stop());
      opened.getVideoTracks().forEach((track) => takeOrStop("screen", track, at));
      return DONE;
    } catch (error) {
      return mediaFailure(error);
    }
  }

  /** @param {"audio" | "video"} kind @param {string} deviceId @param {number} at @returns {Promise<Outcome>} */
  async function choose(kind, deviceId, at) {
    const before = chosen[kind];
    const track = open[kind];
    chosen[kind] = deviceId;
    if (!track) return DONE;
    let outcome = await openAll([kind], at);
    if (!outcome.success && outcome.code === "device_in_use") {
      // Many telephones open one camera at a time.
      take(kind, null);
      outcome = await openAll([kind], at);
    }
    if (!outcome.success && before !== undefined) chosen[kind] = before;
    onChange();
    return outcome;
  }

  /** @param {Kind} kind */
  const isOn = (kind) => open[kind]?.enabled === true;
  const state = () => ({ audio: isOn("audio"), video: isOn("video"), screen: isOn("screen") });

  return {
    tracks: () => open,
    state,
    /**
     * Opens what a call begins with. Fails only without the microphone.
     *
     * @param {{ audio: boolean, video: boolean, isMuted?: boolean }} wanted
     * @returns {Promise<Outcome>}
     */
    open(wanted) {
      isMuted = wanted.isMuted === true;
      off.video = !wanted.video;
      const kinds = /** @type {("audio" | "video")[]} */ (["audio", "video"]).filter((kind) => wanted[/** @type {"audio"} */ (kind)]);
      return inOrder(async (at) => {
        const outcome = kinds.length === 0 ? DONE : await openAll(kinds, at);
        return outcome.success || wanted.audio ? outcome : DONE;
      });
    },
    setAudio,
    setVideo,
    setScreen,
    /** @param {"audio" | "video"} kind @param {string} deviceId */
    choose: (kind, deviceId) => inOrder((at) => choose(kind, deviceId, at)),
    /** @returns {Omit<CallSelf, "participantId">} */
    get: () => ({
      ...state(),
      ...(stream && { stream }),
      ...(screenStream && { screenStream }),
      ...idOf("microphone", open.audio),
      ...idOf("camera", open.video),
      problems,
    }),
    /** Closes all devices. */
    close() {
      use++;
      last = Promise.resolve();
      problems = {};
      Object.keys(open).forEach((kind) => open[/** @type {Kind} */ (kind)] && take(/** @type {Kind} */ (kind), null));
    },
  };
}

/** @param {"microphone" | "camera"} name @param {MediaStreamTrack | null} track */
function idOf(name, track) {
  const deviceId = track?.getSettings().deviceId;
  return deviceId === undefined ? {} : { [name]: deviceId };
}
