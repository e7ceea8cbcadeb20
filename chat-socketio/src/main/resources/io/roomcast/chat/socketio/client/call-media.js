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
  /** @type {MediaStream | undefined} */
  let stream;
  /** @type {MediaStream | undefined} */
  let screenStream;
  /** Changes with the end of a call, so that a device that is opened too late is closed. */
  let use = 0;
  /** @type {Promise<any>} */
  let last = Promise.resolve();

  /** Does one thing after the other, unless the call has ended. @param {() => Promise<Outcome>} work @returns {Promise<Outcome>} */
  function inOrder(work) {
    const at = use;
    last = last.then(() => (at === use ? work() : DONE)).catch((error) => mediaFailure(error));
    return last;
  }

  /** @param {"audio" | "video"} kind @returns {MediaTrackConstraints} */
  function constraints(kind) {
    const wanted = kind === "audio" ? (options.audio ?? AUDIO) : (options.video ?? VIDEO);
    return chosen[kind] === undefined ? wanted : { ...wanted, deviceId: { exact: chosen[kind] } };
  }

  /** Opens devices together, so that the user is asked once. @param {("audio" | "video")[]} kinds @returns {Promise<Outcome>} */
  async function openAll(kinds) {
    const at = use;
    try {
      const opened = await browser.open(Object.fromEntries(kinds.map((kind) => [kind, constraints(kind)])));
      if (at !== use) opened.getTracks().forEach((track) => track.stop());
      else opened.getTracks().forEach((track) => take(/** @type {Kind} */ (track.kind), track));
      return DONE;
    } catch (error) {
      return openOthers(kinds, error);
    }
  }

  /** A device that was chosen may be gone, and a camera is not required. @param {("audio" | "video")[]} kinds @param {unknown} error */
  async function openOthers(kinds, error) {
    const failure = mediaFailure(error);
    const unknown = failure.code === "device_not_found" ? kinds.filter((kind) => chosen[kind] !== undefined) : [];
    unknown.forEach((kind) => delete chosen[kind]);
    if (unknown.length > 0) return openAll(kinds);
    if (kinds.length > 1) {
      note("video", failure);
      return openAll(["audio"]);
    }
    note(kinds[0], failure);
    onChange();
    return failure;
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
    const outcome = await inOrder(() => (open[kind] ? Promise.resolve(DONE) : openAll([kind])));
    if (!outcome.success) note(kind, REMOVED);
    onChange();
  }

  /** @param {boolean} on @returns {Promise<Outcome>} */
  async function setAudio(on) {
    isMuted = !on;
    const { audio } = open;
    if (on && !audio) return openAll(["audio"]);
    if (audio) audio.enabled = on;
    onChange();
    return DONE;
  }

  /** @param {boolean} on @returns {Promise<Outcome>} */
  async function setVideo(on) {
    if (on && !open.video) return openAll(["video"]);
    if (!on) take("video", null);
    return DONE;
  }

  /** @param {Promise<MediaStream> | null} asked @param {number} at @returns {Promise<Outcome>} */
  async function setScreen(asked, at) {
    const [track] = (await asked)?.getVideoTracks() ?? [];
    if (at !== use) track?.stop();
    else take("screen", track ?? null);
    return DONE;
  }

  /** @param {"audio" | "video"} kind @param {string} deviceId @returns {Promise<Outcome>} */
  async function choose(kind, deviceId) {
    const before = chosen[kind];
    const track = open[kind];
    chosen[kind] = deviceId;
    if (!track) return DONE;
    let outcome = await openAll([kind]);
    if (!outcome.success && outcome.code === "device_in_use") {
      // Many telephones open one camera at a time.
      take(kind, null);
      outcome = await openAll([kind]);
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
      const kinds = /** @type {("audio" | "video")[]} */ (["audio", "video"]).filter((kind) => wanted[/** @type {"audio"} */ (kind)]);
      return inOrder(async () => {
        const outcome = kinds.length === 0 ? DONE : await openAll(kinds);
        return outcome.success || wanted.audio ? outcome : DONE;
      });
    },
    /** @param {boolean} on */
    setAudio: (on) => inOrder(() => setAudio(on)),
    /** @param {boolean} on */
    setVideo: (on) => inOrder(() => setVideo(on)),
    /** @param {boolean} on */
    async setScreen(on) {
      // A browser asks only while it handles a press of the user.
      const asked = on ? browser.openScreen(options.screen ?? { video: true }) : null;
      const at = use;
      asked?.catch(() => {});
      const outcome = await inOrder(() => setScreen(asked, at));
      note("screen", outcome.success ? null : outcome);
      onChange();
      return outcome;
    },
    /** @param {"audio" | "video"} kind @param {string} deviceId */
    choose: (kind, deviceId) => inOrder(() => choose(kind, deviceId)),
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
