/**
 * What uploads use of their surroundings. Browsers have all of it, Node a part.
 *
 * @typedef {ReturnType<typeof uploadSurroundings>} UploadSurroundings
 *
 * @typedef {object} SentRequest
 * @property {string} method
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {Blob} [body]
 * @property {(sent: number) => void} [onProgress] receives the number of bytes of the body that were sent
 * @property {AbortSignal} signal
 *
 * @typedef {{ width: number, height: number }} Size in pixels
 *
 * @typedef {{ status: number, header: (name: string) => string | null, text: string }} Received
 */

/** Returns the surroundings of this program. */
export function uploadSurroundings() {
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  return {
    send: typeof XMLHttpRequest === "undefined" ? sendByFetch : sendByRequest,
    measure: typeof Image === "undefined" ? undefined : measured,
    // Without locks, other tabs would not know which uploads are in progress here.
    storage: storageOf(() => (locks ? localStorage : sessionStorage)),
    /**
     * Holds a name until the returned function is called, or the tab is closed. Returns null if another tab holds it.
     *
     * @param {string} name
     * @returns {Promise<(() => void) | null>}
     */
    hold: (name) =>
      new Promise((resolve) => {
        if (!locks) return resolve(() => {});
        const held = (/** @type {Lock | null} */ lock) =>
          lock ? new Promise((release) => resolve(() => release(undefined))) : resolve(null);
        locks.request(name, { ifAvailable: true }, held).catch(() => resolve(() => {}));
      }),
  };
}

/** Keeps texts. Does nothing where a browser refuses to store, as in some private windows. @param {() => Storage} open */
function storageOf(open) {
  /** @template T @param {(storage: Storage) => T} work @param {T} otherwise */
  const tried = (work, otherwise) => {
    try {
      return work(open());
    } catch {
      return otherwise;
    }
  };
  return {
    /** @param {string} prefix @returns {string[]} */
    keys: (prefix) => tried((storage) => Object.keys(storage).filter((key) => key.startsWith(prefix)), []),
    /** @param {string} key @returns {string | null} */
    get: (key) => tried((storage) => storage.getItem(key), null),
    /** @param {string} key @param {string} text */
    set: (key, text) => tried((storage) => storage.setItem(key, text), undefined),
    /** @param {string} key */
    remove: (key) => tried((storage) => storage.removeItem(key), undefined),
  };
}

/**
 * Returns the size of a picture, or nothing if the browser cannot show it.
 *
 * @param {Blob} file
 * @returns {Promise<Size | null>}
 */
async function measured(file) {
  const address = URL.createObjectURL(file);
  const image = new Image();
  const size = () => (image.naturalWidth > 0 ? { width: image.naturalWidth, height: image.naturalHeight } : null);
  /** @type {Size | null} */
  const found = await new Promise((resolve) => {
    image.onload = () => resolve(size());
    image.onerror = () => resolve(null);
    image.src = address;
  });
  URL.revokeObjectURL(address);
  return found;
}

/** Unlike fetch, this reports progress. @param {SentRequest} sent @returns {Promise<Received>} */
function sendByRequest({ method, url, headers, body, onProgress, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const failed = () => reject(new Error("The request has failed"));
    if (onProgress) request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = () =>
      resolve({ status: request.status, header: (name) => request.getResponseHeader(name), text: request.responseText });
    request.onerror = failed;
    request.onabort = failed;
    request.open(method, url);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body ?? null);
  });
}

/** @param {SentRequest} sent @returns {Promise<Received>} */
async function sendByFetch({ method, url, headers, body, signal }) {
  const response = await fetch(url, { method, headers, body: body ?? null, signal });
  return { status: response.status, header: (name) => response.headers.get(name), text: await response.text() };
}
