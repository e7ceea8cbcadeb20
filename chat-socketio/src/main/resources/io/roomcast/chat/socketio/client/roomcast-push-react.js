import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useChat } from "./roomcast-react.js";

/** @typedef {import("./roomcast-push.d.ts").Push} Push */

const OFF = Object.freeze({ status: /** @type {const} */ ("unsupported") });

/** @type {Push["disable"]} */
const answer = async () => ({ success: false, code: "unavailable", error: "Not connected", retryable: true });

/** Stands for the notifications on a server and until the provider has mounted. @type {Push} */
const NO_PUSH = { subscribe: () => () => {}, getSnapshot: () => OFF, enable: answer, disable: answer, setQuiet: answer, close() {} };

/** @type {typeof import("./roomcast-push-react.d.ts").usePush} */
export function usePush(create) {
  const chat = useChat();
  const [push, setPush] = useState(NO_PUSH);
  useEffect(() => {
    if (chat === null) return;
    const created = create(chat);
    setPush(created);
    return () => {
      setPush(NO_PUSH);
      created.close();
    };
    // Another function does not create other notifications: most apps pass a new one with each render.
  }, [chat]);
  const snapshot = useSyncExternalStore(push.subscribe, push.getSnapshot, NO_PUSH.getSnapshot);
  return useMemo(() => ({ ...snapshot, enable: push.enable, disable: push.disable, setQuiet: push.setQuiet }), [push, snapshot]);
}
