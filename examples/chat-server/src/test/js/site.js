import { once } from "node:events";
import { createServer } from "node:http";
import { IMPORTS, packageAt } from "./packages.js";

const SCRIPT = "text/javascript";

/** A web site of the tests: files by their paths, and the packages of npm that they import. */
export async function openSite(files = {}, port = 0) {
  const server = createServer(async ({ url }, response) => {
    const path = url.split("?")[0];
    const content = files[path] ?? (await packageAt(path));
    response.statusCode = content === undefined ? 404 : 200;
    response.setHeader("Content-Type", path === "/" || path.endsWith(".html") ? "text/html" : SCRIPT);
    response.end(content);
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    files,
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Returns a page with an import map, a container and a module. */
export function pageWith(script, more = {}) {
  const map = JSON.stringify({ imports: { ...IMPORTS, ...more } });
  return `<!doctype html><script type="importmap">${map}</script><div id="app"></div><script type="module">${script}</script>`;
}

/** Returns the code blocks of a language in a Markdown document. */
export function samples(document, language) {
  return [...document.matchAll(new RegExp(`(?<=^\`\`\`${language}\\n)[^]*?(?=^\`\`\`$)`, "gm"))].map(([code]) => code);
}
