import assert from "node:assert/strict";

const PATIENCE = 15_000;

/** Opens a tab whose person is new to the browser. */
export async function openTab(browser, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  return new Tab(page);
}

/** What a person does and sees in one tab. */
class Tab {
  constructor(page) {
    this.page = page;
    this.problems = [];
    page.on("pageerror", (error) => this.problems.push(String(error)));
    page.on("console", (message) => this.#note(message));
  }

  async enter(url, name, room) {
    await this.page.goto(url);
    await this.page.getByLabel("Your name").fill(name);
    await this.page.locator("#join-form").getByLabel("Room").fill(room);
    await this.join();
    await this.seesStatus("Online");
  }

  join() {
    return this.page.getByRole("button", { name: "Join the room" }).click();
  }

  write(text) {
    return this.page.getByLabel("Message", { exact: true }).pressSequentially(text);
  }

  fill(text) {
    return this.page.getByLabel("Message", { exact: true }).fill(text);
  }

  draft() {
    return this.page.getByLabel("Message", { exact: true }).inputValue();
  }

  send() {
    return this.page.getByRole("button", { name: "Send" }).click();
  }

  async say(text) {
    await this.fill(text);
    await this.send();
  }

  seesStatus(text) {
    return this.page.locator("#status", { hasText: text }).waitFor();
  }

  seesBanner(text) {
    return this.page.locator("#banner", { hasText: text }).waitFor();
  }

  seesTyping(text) {
    return this.page.locator("#typing", { hasText: text }).waitFor();
  }

  seesNobodyTyping() {
    return this.page.locator("#typing:empty").waitFor({ state: "attached" });
  }

  seesError(text) {
    return this.page.locator("#error", { hasText: text }).waitFor();
  }

  seesStored(text) {
    return this.message("#list", text, "sent").waitFor();
  }

  seesUnsent(text) {
    return this.message("#unsent", text, "sending").waitFor();
  }

  message(list, text, state) {
    return this.page.locator(`${list} .message[data-state="${state}"]`, { hasText: text });
  }

  /** How often the words stand in the conversation, stored or not. */
  count(text) {
    return this.page.locator(".message .content", { hasText: text }).count();
  }

  contents() {
    return this.page.locator("#list .message .content").allTextContents();
  }

  screenshot(path) {
    return this.page.screenshot({ path });
  }

  /** A refused connection is part of the test; an exception or a blocked resource is not. */
  assertHealthy() {
    assert.deepEqual(this.problems, []);
  }

  #note(message) {
    if (message.type() !== "error" || /Failed to load resource|WebSocket connection/.test(message.text())) return;
    this.problems.push(message.text());
  }
}
