import assert from "node:assert/strict";
import { before, test } from "node:test";
import { browser, server } from "./stage.js";
import { openTab } from "./tab.js";

const EVIL = '<img src="/x" onerror="window.ran=1">';
const TITLE = "</h2><script>window.ran=1</script>";

let mallory, olivia;

before(async () => {
  mallory = await openTab(browser, {});
  olivia = await openTab(browser, {});
});

test("markup in a name, a title and a message is text, wherever it is shown", async () => {
  await olivia.enter(server.url, "olivia", "lobby");
  await mallory.enter(server.url, EVIL, "lobby");
  await mallory.createGroup(TITLE, "olivia");
  await mallory.seesTitle(TITLE);
  await mallory.say(EVIL);
  await mallory.seesStored(EVIL);
  await olivia.listed(TITLE).getByText(`${EVIL}: ${EVIL}`).waitFor();
  await olivia.open(TITLE);
  await olivia.seesTitle(TITLE);
  await olivia.seesStored(EVIL);
  await olivia.page.locator("#list .sender", { hasText: EVIL }).waitFor();
  await olivia.seesViewer(EVIL);
  await mallory.write("<b>");
  await olivia.seesTyping(`${EVIL} is typing…`);
  await mallory.fill("");
  await olivia.choose(EVIL, "Reply");
  await olivia.page.locator("#context-text", { hasText: EVIL }).waitFor();
  await olivia.say("Is this a quote?");
  await olivia.message("#list", "Is this a quote?", "sent").locator(".quote span", { hasText: EVIL }).waitFor();
  await olivia.page.getByRole("button", { name: "People and settings" }).click();
  await olivia.page.locator(".person-name", { hasText: EVIL }).waitFor();
  for (const tab of [olivia, mallory]) await assertUntouched(tab);
});

test("an address that a browser would run is no link", async () => {
  const karl = await openTab(browser, {});
  await karl.interceptSocket();
  await karl.enter(server.url, "karl", "files");
  await karl.seesNothingYet();
  await karl.receives("receiveMessage", fileMessage(1, "javascript:window.ran=1"));
  await karl.receives("receiveMessage", fileMessage(2, "data:text/html,<script>window.ran=1</script>"));
  await karl.receives("receiveMessage", fileMessage(3, "https://example.com/report.pdf"));
  await karl.page.locator("#list .file", { hasText: "File 3" }).waitFor();
  const files = await karl.page
    .locator("#list .file")
    .evaluateAll((all) => all.map((file) => [file.getAttribute("href"), file.getAttribute("rel")]));
  assert.deepEqual(files, [
    [null, null],
    [null, null],
    ["https://example.com/report.pdf", "noopener noreferrer nofollow"],
  ]);
});

/** Texts, and the addresses that become links. */
const TEXTS = [
  ["no address", []],
  ["https://example.com", ["https://example.com/"]],
  ["HTTPS://EXAMPLE.COM/A", ["https://example.com/A"]],
  ["(see http://example.com/a_(b)).", ["http://example.com/a_(b)"]],
  ["https://example.com/?a=1&b=<script>alert(1)</script>", ["https://example.com/?a=1&b="]],
  ['https://example.com/"onmouseover="window.ran=1', ["https://example.com/"]],
  ["https://example.com/'onclick='window.ran=1", ["https://example.com/"]],
  ["https://example.com/\u202egnp.exe", ["https://example.com/"]],
  ["https://example.com/\u200bhidden", ["https://example.com/"]],
  [`https://example.com/${")".repeat(4_000)}`, ["https://example.com/"]],
  [`https://example.com/${".".repeat(4_000)}x`, [`https://example.com/${".".repeat(4_000)}x`]],
  ["https://a.example/ https://b.example/", ["https://a.example/", "https://b.example/"]],
  ["https://user:secret@example.com/", []],
  ["https://google.com@evil.example/", []],
  ["https://", []],
  ["https://%", []],
  ["https://[::1", []],
  ["javascript:window.ran=1", []],
  ["javascript://example.com/%0Awindow.ran=1", []],
  ["JaVaScRiPt:window.ran=1//https://example.com/", ["https://example.com/"]],
  ["java\tscript:window.ran=1", []],
  ["data:text/html,<script>window.ran=1</script>", []],
  ["vbscript:msgbox(1)", []],
  ["file:///etc/passwd", []],
  ["blob:https://example.com/1", ["https://example.com/1"]],
  ["xhttps://example.com/", []],
  ["//example.com/", []],
  ["<a href=https://example.com/ onclick=alert(1)>x</a>", ["https://example.com/"]],
  ["<img src=x onerror=window.ran=1>", []],
  ["&lt;b&gt; &#x3c;b&#x3e; \0", []],
];

test("only addresses of the web become links, and every text stays what it is", async () => {
  const ivan = await openTab(browser, {});
  await ivan.page.goto(server.url);
  const shown = await ivan.page.evaluate(async (texts) => {
    const { linked } = await import(new URL("view/links.js", document.baseURI).href);
    return texts.map((text) => {
      const place = document.createElement("p");
      place.append(...linked(text));
      document.body.append(place);
      const elements = [...place.querySelectorAll("*")];
      const isLink = ({ localName, attributes, rel }) =>
        localName === "a" && attributes.length === 4 && rel === "noopener noreferrer nofollow";
      return { text: place.textContent, hrefs: elements.map(({ href }) => href), isSafe: elements.every(isLink) };
    });
  }, TEXTS.map(([text]) => text));
  assert.deepEqual(shown, TEXTS.map(([text, hrefs]) => ({ text, hrefs, isSafe: true })));
  await assertUntouched(ivan);
});

test("nothing that others send makes a narrow page wider", async () => {
  const lena = await openTab(browser, { viewport: { width: 320, height: 640 } });
  const wide = "W".repeat(32);
  const conversationId = wide.repeat(4);
  await lena.interceptSocket();
  await lena.enter(server.url, "lena", conversationId);
  await lena.seesNothingYet();
  await lena.receives(
    "receiveMessage",
    fileMessage(1, "https://example.com/report.pdf", {
      conversationId,
      senderId: wide.repeat(4),
      content: wide.repeat(9),
      fileName: wide.repeat(8),
      reactions: { [wide]: { count: 1, userIds: [wide] } },
    }),
  );
  await lena.seesStored(wide);
  const excess = await lena.page.evaluate(() =>
    [document.documentElement, document.getElementById("messages")].map((part) => part.scrollWidth - part.clientWidth),
  );
  assert.deepEqual(excess, [0, 0]);
});

test("the page's policy lets no inline script and no foreign one run", async () => {
  const tab = await openTab(browser, {});
  const response = await tab.page.goto(server.url);
  assert.doesNotMatch(response.headers()["content-security-policy"], /unsafe|\*/);
  const blocked = await tab.page.evaluate(async () => {
    const seen = [];
    const three = new Promise((done) =>
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
        if (seen.push(`${effectiveDirective} ${blockedURI}`) === 3) done();
      }),
    );
    const inline = document.createElement("script");
    inline.textContent = "window.ran = 1";
    const foreign = document.createElement("script");
    foreign.src = "https://example.com/foreign.js";
    const image = document.createElement("div");
    document.body.append(inline, foreign, image);
    image.innerHTML = '<img src="/x" onerror="window.ran = 1">';
    await three;
    return seen;
  });
  assert.deepEqual(blocked.sort(), [
    "script-src-attr inline",
    "script-src-elem https://example.com/foreign.js",
    "script-src-elem inline",
  ]);
  assert.equal(await tab.page.evaluate(() => window.ran), undefined);
});

test("no page had an error", () => {
  olivia.assertHealthy();
  mallory.assertHealthy();
});

function fileMessage(seq, fileUrl, more = {}) {
  const message = {
    id: `file-${seq}`,
    conversationId: "files",
    seq,
    version: 0,
    senderId: "dan",
    type: "file",
    content: "",
    fileName: `File ${seq}`,
    fileUrl,
    createdAt: new Date().toISOString(),
    ...more,
  };
  return { conversationId: message.conversationId, message };
}

/** Asserts that no policy violation was reported: the page's code must be safe without the policy. */
async function assertUntouched(tab) {
  assert.equal(await tab.page.locator('img[src="/x"]').count(), 0);
  assert.equal(await tab.page.locator("body script").count(), 0);
  assert.equal(await tab.page.evaluate(() => window.ran), undefined);
}
