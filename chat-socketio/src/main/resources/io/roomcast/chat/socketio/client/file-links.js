const OWN = "/api/files/";
/** A link that ends sooner is replaced. */
const SOON = 60_000;

/**
 * The addresses of files.
 *
 * @param {object} parts
 * @param {ReturnType<import("./connection.js").createConnection>} parts.connection
 * @param {(event: string, payload: object) => Promise<any>} parts.ask
 * @returns {import("./roomcast.d.ts").FileLinks}
 */
export function createLinks({ connection, ask }) {
  /** @param {string} fileUrl */
  const urlOf = (fileUrl) => (fileUrl.startsWith(OWN) ? connection.address(fileUrl) : fileUrl);

  /** @param {string} fileUrl */
  function isCurrent(fileUrl) {
    const end = Number(new URLSearchParams(fileUrl.split("?")[1]).get("e")) * 1_000;
    return end > connection.now() + SOON;
  }

  return {
    urlOf,
    isCurrent: (fileUrl) => !fileUrl.startsWith(OWN) || isCurrent(fileUrl),
    async currentUrlOf(fileUrl) {
      if (!fileUrl.startsWith(OWN) || isCurrent(fileUrl)) return urlOf(fileUrl);
      const fileId = fileUrl.slice(OWN.length).split("?")[0];
      const answer = await ask("getFile", { fileId });
      return urlOf(answer.success ? answer.fileUrl : fileUrl);
    },
  };
}
