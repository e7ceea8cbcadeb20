import { newMessageId } from "./message-id.js";

const KEY = "roomcast.device";

/** Returns this browser as a device, with an id that is stored. */
export function thisDevice() {
  const id = localStorage.getItem(KEY) ?? newMessageId();
  localStorage.setItem(KEY, id);
  return { id, name: "Browser", platform: "web" };
}
