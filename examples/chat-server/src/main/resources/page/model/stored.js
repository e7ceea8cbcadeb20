/** What the browser keeps under a key; the fallback where that is nothing, or nothing that can be read. */
export function readStored(storage, key, fallback) {
  try {
    return JSON.parse(storage.getItem(key)) ?? fallback;
  } catch {
    return fallback;
  }
}
