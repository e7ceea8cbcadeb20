import assert from "node:assert/strict";

/** For a busy machine, on which several browsers run. */
const TIMEOUT = 30_000;

/** Opens a tab in a new browser context, without stored data. */
export async function openTab(browser, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT);
  return new Tab(page);
}

/** A user's actions and assertions in one tab. */
class Tab {
  constructor(page) {
    this.page = page;
    this.problems = [];
    page.on("pageerror", (error) => this.problems.push(String(error)));
    page.on("console", (message) => this.#note(message));
  }

  async enter(url, name, room) {
    await this.page.goto(url);
    await this.signIn(name, room);
    await this.seesStatus("Online");
  }

  async signIn(name, room) {
    await this.page.getByLabel("Your name").fill(name);
    await this.page.locator("#join-form").getByLabel("Room").fill(room);
    await this.join();
  }

  /** Blocks Socket.IO, so that only the HTTP API works. */
  async withoutSocket() {
    await this.page.routeWebSocket(/socket\.io/, (socket) => socket.close());
    await this.page.route(/\/socket\.io\//, (route) => route.abort());
  }

  /** Blocks all connections to the server while isCut is true. */
  async canBeCut() {
    const way = (route) => (this.isCut ? route.abort() : route.continue());
    await this.page.route(/\/(socket\.io|api\/conversations)\//, way);
    await this.page.routeWebSocket(/socket\.io/, (socket) => (this.isCut ? socket.close() : socket.connectToServer()));
  }

  /** Intercepts the WebSocket, so that tests can send events to the page. */
  async interceptSocket() {
    await this.page.routeWebSocket(/socket\.io/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((packet) => {
        if (packet === "5") this.upgraded = true;
        server.send(packet);
      });
      this.sendToPage = (event, payload) => socket.send(`42${JSON.stringify([event, payload])}`);
    });
  }

  usesWebSocketAlone() {
    return this.page.addInitScript(() => {
      let io;
      const get = () => (url, options) => io(url, { ...options, transports: ["websocket"] });
      Object.defineProperty(window, "io", { get, set: (library) => (io = library) });
    });
  }

  /** Answers requests for names in place of the server. Returns a list that these are added to. */
  async asksDirectory(names) {
    const requests = [];
    const named = (userId) => ({ userId, name: names[userId] });
    await this.usesWebSocketAlone();
    await this.page.routeWebSocket(/socket\.io/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((packet) => {
        const [, ack, json] = /^42(\d+)(\["getUsers",.*)$/.exec(packet) ?? [];
        if (json === undefined) return server.send(packet);
        requests.push(JSON.parse(json)[1]);
        const users = requests.at(-1).userIds.filter((id) => id in names).map(named);
        socket.send(`43${ack}${JSON.stringify([{ success: true, users }])}`);
      });
      server.onMessage((packet) => socket.send(String(packet).replace('"supports":[', '"supports":["users",').replace('"users",]', '"users"]')));
    });
    return requests;
  }

  /** Uses the WebSocket alone, and keeps requests with the event back until release() is called. */
  async holdsBack(event) {
    await this.usesWebSocketAlone();
    await this.page.routeWebSocket(/socket\.io/, (socket) => {
      const server = socket.connectToServer();
      const held = [];
      this.heldBack = held;
      this.release = () => held.splice(0).forEach((packet) => server.send(packet));
      socket.onMessage((packet) => (String(packet).includes(`["${event}"`) ? held.push(packet) : server.send(packet)));
    });
  }

  /** Sends an event to the page, once its WebSocket is open. */
  async receives(event, payload) {
    while (!this.upgraded) await this.page.waitForTimeout(20);
    this.sendToPage(event, payload);
  }

  scrollTo(top) {
    return this.page.locator("#messages").evaluate((view, to) => view.scrollTo(0, to), top);
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

  seesNothingYet() {
    return this.page.locator("#beginning", { hasText: "Nothing here yet" }).waitFor();
  }

  message(list, text, state) {
    const has = this.page.locator(".content", { hasText: text });
    return this.page.locator(`${list} .message[data-state="${state}"]`, { has });
  }

  /** Returns how often a text is in the conversation, in stored and unsent messages. */
  count(text) {
    return this.page.locator(".message .content", { hasText: text }).count();
  }

  contents() {
    return this.page.locator("#list .message .content").allTextContents();
  }

  /** Opens another tab in the same browser context. */
  async sibling() {
    const page = await this.page.context().newPage();
    page.setDefaultTimeout(TIMEOUT);
    return new Tab(page);
  }

  /** Returns the conversation's entry in the list. */
  listed(title) {
    return this.page.locator("#conversations .entry", { has: this.page.locator(".entry-title", { hasText: title }) });
  }

  open(title) {
    return this.listed(title).click();
  }

  back() {
    return this.page.getByRole("button", { name: "Back to the conversations" }).click();
  }

  seesTitle(text) {
    return this.page.locator("#room-title", { hasText: text }).waitFor();
  }

  seesTick(text, tick) {
    return this.message("#list", text, "sent").and(this.page.locator(`.own[data-tick="${tick}"]`)).waitFor();
  }

  seesAbout(text) {
    return this.page.locator("#room-about", { hasText: text }).waitFor();
  }

  seesViewer(name) {
    return this.page.getByRole("img", { name: `Looking now: ${name}` }).waitFor();
  }

  tombstone() {
    return this.page.locator("#list .message.gone");
  }

  /** Opens the menu of a message and selects an item. */
  async choose(text, action) {
    const message = this.message("#list", text, "sent");
    await message.hover();
    await message.locator(".more").click();
    await this.page.locator("#menu").getByRole(/^React/.test(action) ? "menuitemcheckbox" : "menuitem", { name: action }).click();
  }

  async createGroup(title, members) {
    await this.page.getByRole("button", { name: "New conversation" }).click();
    await this.page.getByText("Group", { exact: true }).click();
    await this.page.getByLabel("Title").first().fill(title);
    await this.page.getByLabel("Members").fill(members);
    await this.page.getByRole("button", { name: "Start" }).click();
  }

  async createDirect(person) {
    await this.page.getByRole("button", { name: "New conversation" }).click();
    await this.page.locator("#new-person").fill(person);
    await this.page.getByRole("button", { name: "Start" }).click();
  }

  openPeople() {
    return this.page.getByRole("button", { name: "People and settings" }).click();
  }

  async addMember(name) {
    await this.openPeople();
    await this.page.getByLabel("Add people").fill(name);
    await this.page.getByRole("button", { name: "Add", exact: true }).click();
    await this.page.locator(".person-name", { hasText: name }).waitFor();
    await this.page.getByRole("button", { name: "Close" }).click();
  }

  async removeMember(name) {
    await this.page.getByRole("button", { name: "People and settings" }).click();
    const remove = this.page.getByRole("button", { name: `Remove ${name}` });
    await remove.click();
    await this.page.getByText("Really remove?").waitFor();
    assert.equal(await this.page.locator(".person-name", { hasText: name }).count(), 1, "pressing once removes nobody");
    await remove.click();
    await this.page.locator(".person-name", { hasText: name }).waitFor({ state: "detached" });
    await this.page.getByRole("button", { name: "Close" }).click();
  }

  screenshot(path) {
    return this.page.screenshot({ path });
  }

  /** Records problems on the console, except refused connections, which tests cause. */
  assertHealthy() {
    assert.deepEqual(this.problems, []);
  }

  #note(message) {
    if (message.type() !== "error" || /Failed to load resource|WebSocket connection/.test(message.text())) return;
    this.problems.push(message.text());
  }
}
