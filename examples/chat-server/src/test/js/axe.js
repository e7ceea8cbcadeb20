import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const SOURCE = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Asserts that axe finds no accessibility violation. */
export async function assertAccessible(tab, state) {
  if (!(await tab.page.evaluate(() => Boolean(window.axe)))) await tab.page.evaluate(SOURCE);
  const { violations } = await tab.page.evaluate((runOnly) => window.axe.run({ runOnly }), RULES);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => [id, html, failureSummary]),
  );
  assert.deepEqual(found, [], state);
}
