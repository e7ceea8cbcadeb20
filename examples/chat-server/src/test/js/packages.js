// Packages of npm and components of frameworks as modules of a page, without a bundler.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { compile as compileSvelte } from "svelte/compiler";
import { compileScript, parse as parseVue } from "vue/compiler-sfc";

const OWN = new URL("node_modules/", import.meta.url);
const OF_CLIENT = new URL("../../../../../chat-socketio/src/test/js/node_modules/", import.meta.url);
const require = createRequire(OF_CLIENT);
const typescript = require("typescript");

/** CommonJS files that share one module. The development builds check more, and StrictMode works only in them. */
const REACT = {
  react: "react/cjs/react.development.js",
  "react/jsx-runtime": "react/cjs/react-jsx-runtime.development.js",
  "react-dom": "react-dom/cjs/react-dom.development.js",
  "react-dom/client": "react-dom/cjs/react-dom-client.development.js",
  scheduler: "scheduler/cjs/scheduler.development.js",
};

const svelte = (path) => `/svelte/${path}`;

/** Where the modules of packages are, for an import map. */
export const IMPORTS = {
  "socket.io-client": "/packages/socket.io-client",
  ...Object.fromEntries(Object.keys(REACT).map((name) => [name, `/packages/${name}`])),
  vue: "/packages/vue",
  svelte: svelte("svelte/src/index-client.js"),
  "svelte/internal/client": svelte("svelte/src/internal/client/index.js"),
  "svelte/internal/disclose-version": svelte("svelte/src/internal/disclose-version.js"),
  "svelte/reactivity": svelte("svelte/src/reactivity/index-client.js"),
  "svelte/store": svelte("svelte/src/store/index-client.js"),
  "#client/constants": svelte("svelte/src/internal/client/constants.js"),
  "esm-env": svelte("esm-env/index.js"),
  "esm-env/browser": svelte("esm-env/true.js"),
  "esm-env/development": svelte("esm-env/true.js"),
  "esm-env/node": svelte("esm-env/false.js"),
  clsx: svelte("clsx/dist/clsx.mjs"),
};

/** Returns the module at a path of the import map, or undefined. */
export async function packageAt(path) {
  if (path === "/packages/socket.io-client") return source(OF_CLIENT, "client-4/dist/socket.io.esm.min.js");
  if (path === "/packages/vue") return source(OWN, "vue/dist/vue.runtime.esm-browser.js");
  if (path === "/packages/all-of-react") return allOfReact();
  if (path.startsWith("/svelte/")) return source(OWN, path.slice("/svelte/".length));
  const name = path.replace("/packages/", "");
  return name in REACT ? partOfReact(name) : undefined;
}

const source = (folder, file) => readFile(new URL(file, folder), "utf8");

async function allOfReact() {
  const entries = Object.entries(REACT).map(
    async ([name, file]) => `${JSON.stringify(name)}: (module, exports, require) => {\n${await source(OF_CLIENT, file)}\n}`,
  );
  return `
    const process = { env: { NODE_ENV: "development" } };
    const modules = {};
    const factories = {${(await Promise.all(entries)).join(",\n")}};
    export function require(name) {
      if (!modules[name]) factories[name]((modules[name] = { exports: {} }), modules[name].exports, require);
      return modules[name].exports;
    }`;
}

function partOfReact(name) {
  const names = Object.keys(require(name)).filter((key) => key !== "default" && !key.startsWith("__"));
  return `
    import { require } from "/packages/all-of-react";
    const all = require(${JSON.stringify(name)});
    export default all;
    export const { ${names.join(", ")} } = all;`;
}

/** Compiles a component to a module. The kind is the language of its code block in Markdown. */
export function compile(kind, code) {
  if (kind === "jsx") return typescript.transpileModule(code, { compilerOptions: REACT_OPTIONS }).outputText;
  if (kind === "svelte") return compileSvelte(code, { filename: "Component.svelte", dev: true }).js.code;
  if (kind === "vue") return compileScript(parseVue(code).descriptor, { id: "component", inlineTemplate: true }).content;
  return code;
}

const REACT_OPTIONS = {
  jsx: typescript.JsxEmit.ReactJSX,
  module: typescript.ModuleKind.ESNext,
  target: typescript.ScriptTarget.ES2022,
};
