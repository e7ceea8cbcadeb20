import { element } from "./dom.js";

/** Shows pictures that the page has as files. A browser keeps such a file until its address is freed. */
export function createPreviews() {
  const addresses = new Map();

  function addressOf(file) {
    if (!addresses.has(file)) addresses.set(file, URL.createObjectURL(file));
    return addresses.get(file);
  }

  return {
    imageOf: (file, alt) => Object.assign(element("img", "preview"), { alt, src: addressOf(file) }),
    /** Frees the addresses of all files but these. */
    keep(files) {
      for (const [file, address] of addresses) {
        if (files.includes(file)) continue;
        URL.revokeObjectURL(address);
        addresses.delete(file);
      }
    },
  };
}
