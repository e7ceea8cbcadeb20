import { createElement, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useChat } from "./roomcast-react.js";

/** @typedef {import("./roomcast-calls.d.ts").Calls} Calls */

/** @type {import("./roomcast-calls.d.ts").CallsSnapshot} */
const NOTHING = Object.freeze({ supported: false, incoming: [], devices: { microphones: [], cameras: [], speakers: [] } });

/** @returns {Promise<any>} */
const answer = async () => ({ success: false, code: "unavailable", error: "Not connected", retryable: true });

/** Stands for the calls on a server and until the provider has mounted. @type {Calls} */
const NO_CALLS = {
  subscribe: () => () => {},
  getSnapshot: () => NOTHING,
  start: answer,
  accept: answer,
  decline: answer,
  end: answer,
  setAudio: answer,
  setVideo: answer,
  setScreen: answer,
  chooseMicrophone: answer,
  chooseCamera: answer,
  close() {},
};

/** @type {typeof import("./roomcast-calls-react.d.ts").useCalls} */
export function useCalls(create) {
  const chat = useChat();
  const [calls, setCalls] = useState(NO_CALLS);
  // Another function does not create other calls: most apps pass a new one with each render.
  useEffect(() => setCalls(chat === null ? NO_CALLS : create(chat)), [chat]);
  const snapshot = useSyncExternalStore(calls.subscribe, calls.getSnapshot, NO_CALLS.getSnapshot);
  return useMemo(() => {
    const { subscribe, getSnapshot, close, ...actions } = calls;
    return { ...actions, ...snapshot };
  }, [calls, snapshot]);
}

/** @type {typeof import("./roomcast-calls-react.d.ts").CallVideo} */
export function CallVideo({ stream, speaker, ...props }) {
  const element = useRef(/** @type {HTMLVideoElement | null} */ (null));
  useEffect(() => {
    if (element.current) element.current.srcObject = stream ?? null;
  }, [stream]);
  useEffect(() => {
    // A speaker that is gone leaves the one in use.
    if (speaker !== undefined) void element.current?.setSinkId?.(speaker).catch(() => {});
  }, [speaker]);
  return createElement("video", { autoPlay: true, playsInline: true, ...props, ref: element });
}
