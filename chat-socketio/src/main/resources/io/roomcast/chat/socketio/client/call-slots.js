/**
 * @typedef {"audio" | "video" | "screen"} Kind
 * @typedef {() => Record<Kind, MediaStreamTrack | null>} Tracks
 */

/** The order in which they are offered, and so found again. @type {readonly Kind[]} */
const KINDS = ["audio", "video", "screen"];

/**
 * The places for sound, picture and screen in a connection. They remain while tracks come and go.
 *
 * @param {object} parts
 * @param {RTCPeerConnection} parts.connection
 * @param {import("./call-browser.js").CallBrowser} parts.browser
 * @param {Tracks} parts.tracks
 */
export function createSlots({ connection, browser, tracks }) {
  /** @type {Partial<Record<Kind, RTCRtpTransceiver>>} */
  const slots = {};
  /** @type {{ stream?: MediaStream, screenStream?: MediaStream }} */
  let streams = {};

  /** Finds the places that the other side offered. Clients of other kinds may have no place for a screen. */
  function find() {
    for (const transceiver of connection.getTransceivers()) {
      if (Object.values(slots).includes(transceiver)) continue;
      const kind = KINDS.find((each) => !slots[each] && (each === "audio") === (transceiver.receiver.track.kind === "audio"));
      if (!kind) continue;
      slots[kind] = transceiver;
      transceiver.direction = "sendrecv";
    }
  }

  async function sync() {
    const { audio, video, screen } = tracks();
    const wanted = slots.screen ? { audio, video, screen } : { audio, video: screen ?? video };
    const changes = Object.entries(wanted).map(([kind, track]) => {
      const sender = slots[/** @type {Kind} */ (kind)]?.sender;
      return sender && sender.track !== track ? sender.replaceTrack(track) : undefined;
    });
    await Promise.all(changes);
  }

  function show() {
    const received = [slots.audio, slots.video].flatMap((slot) => slot?.receiver.track ?? []);
    const screen = slots.screen?.receiver.track;
    if (streams.stream?.getTracks().length !== received.length) streams = { ...streams, stream: browser.stream(received) };
    if (screen && !streams.screenStream) streams = { ...streams, screenStream: browser.stream([screen]) };
  }

  return {
    /** Opens the places for the first offer. */
    open() {
      const wanted = tracks();
      for (const kind of KINDS) {
        const what = wanted[kind] ?? (kind === "audio" ? "audio" : "video");
        slots[kind] = connection.addTransceiver(what, { direction: "sendrecv" });
      }
    },
    /** Takes the places of an offer, before it is answered. */
    async accept() {
      find();
      await sync();
      show();
    },
    sync,
    show,
    streams: () => streams,
  };
}
