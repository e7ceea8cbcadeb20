import { newMessageId } from "./message-id.js";

const KEY = "roomcast.device";

/** This browser, under an id that it keeps. */
export function thisDevice() {
  const id = localStorage.getItem(KEY) ?? newMessageId();
  localStorage.setItem(KEY, id);
  return { id, name: "Browser", platform: "web" };
}
