/** Returns the stored JSON value; the fallback if there is none or it is malformed. */
export function readStored(storage, key, fallback) {
  try {
    return JSON.parse(storage.getItem(key)) ?? fallback;
  } catch {
    return fallback;
  }
}
