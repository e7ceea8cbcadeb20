const DEVICES = { audio: "microphone", video: "camera", screen: "screen" };

/** Why a device is not used, for the code that the client answers. */
const DEVICE = {
  permission_denied: (device) => `This browser does not let the page use the ${device}. Allow it beside the address, and try again.`,
  device_not_found: (device) => `No ${device} was found. Connect one and try again.`,
  device_in_use: (device) => `The ${device} is used by another program. Close that one and try again.`,
  device_failed: (device) => `The ${device} cannot be used. Choose another one, or try again.`,
  not_supported: () => "This browser cannot make calls in this page. It needs an address that begins with https.",
};
const SCREEN = { permission_denied: "The screen is not shared." };
const PLAIN = {
  busy: "The other one is in another call. Your call is shown there as missed.",
  call_full: "No more people can join this call.",
  call_not_found: "This call is over.",
  answered_elsewhere: "You take part in this call on another device.",
  forbidden: "You may not call here.",
};

/** Returns why a device or a request of a call failed, in plain words. */
export function callFailureWords({ code, error, retryAfterMs }, kind = "audio") {
  if (code === "rate_limited") return `You have called too often. Call again in ${waitOf(retryAfterMs)}.`;
  if (kind === "screen" && code in SCREEN) return SCREEN[code];
  return DEVICE[code]?.(DEVICES[kind]) ?? PLAIN[code] ?? error;
}

/** Returns why a call was not joined. Only the client answers `busy` then: this page takes part in another call. */
export const joinFailureWords = (failure) => (failure.code === "busy" ? "You are in another call. End it first." : callFailureWords(failure));

/** Returns a time to wait, such as "9 seconds" or "2 minutes". */
function waitOf(millis = 1_000) {
  const seconds = Math.max(1, Math.ceil(millis / 1_000));
  const [count, unit] = seconds > 90 ? [Math.ceil(seconds / 60), "minute"] : [seconds, "second"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** Returns whether a call can be begun without a microphone, because only that is missing. */
export const isWithoutMicrophone = ({ code }) => code in DEVICE && code !== "not_supported";

/** Returns a duration such as "3:05" or "1:02:03". */
export function durationOf(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1_000));
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] > 0 ? parts : parts.slice(1);
  return shown.map((part, i) => (i === 0 ? part : String(part).padStart(2, "0"))).join(":");
}

export const kindOfCall = (media) => (media === "video" ? "Video call" : "Call");

/** Returns what became of a call of the history, from the side of the user. */
export function outcomeOf({ senderId, metadata }, user) {
  const { media, outcome, durationMs, participants } = metadata?.call ?? {};
  const isOwn = senderId === user;
  const kind = kindOfCall(media);
  const isMissed = !isOwn && ["missed", "busy", "cancelled"].includes(outcome);
  if (isMissed) return { isOwn, isMissed, media, words: `Missed ${kind.toLowerCase()}` };
  const facts = {
    completed: [durationMs === undefined ? "" : durationOf(durationMs), participants > 2 ? `${participants} people` : ""],
    missed: ["no answer"],
    busy: ["busy"],
    declined: ["declined"],
    cancelled: ["cancelled"],
    failed: ["no connection"],
    lost: [durationMs === undefined ? "connection lost" : `connection lost after ${durationOf(durationMs)}`],
  };
  return { isOwn, isMissed, media, words: [kind, ...(facts[outcome] ?? [])].filter(Boolean).join(", ") };
}

/** Returns how a call ended that the user took part in; nothing if the user ended it. */
export function endOf({ reason, by, durationMs }, { user, nameOf }) {
  const length = durationMs === undefined ? "" : ` after ${durationOf(durationMs)}`;
  const words = {
    completed: by && by !== user ? `${nameOf(by)} ended the call${length}.` : `The call ended${length}.`,
    missed: "No answer.",
    declined: by ? `${nameOf(by)} declined.` : "The call was declined.",
    busy: PLAIN.busy,
    cancelled: by && by !== user ? `${nameOf(by)} ended the call.` : "",
    failed: "The devices could not connect to each other.",
    lost: "The call was lost with the connection.",
    replaced: "The call goes on in another tab.",
    removed: "You can no longer take part in the call.",
  };
  return by === user ? "" : (words[reason] ?? "");
}
