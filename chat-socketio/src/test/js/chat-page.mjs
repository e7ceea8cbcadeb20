import { Log, tab, watch } from "./harness.mjs";

/**
 * The chat page of a front end written for the Node server: no acks, no token, bare strings for rooms.
 *
 * Its state and its effects are React's in the original and plain fields and methods here; what goes over the wire and
 * what is listened for is the same.
 */
export class ChatPage {
  #socketRef = {};
  #activeConversationRef = {};
  #cleanUpEffect = () => {};

  constructor({ io, url, transports }, userId) {
    this.userId = userId;
    this.log = new Log(userId);
    this.messages = [];
    this.alerts = [];
    this.#socketRef.current = this.#listen(io(url, { withCredentials: true, ...tab(transports) }));
  }

  #listen(socket) {
    const { log } = this;
    watch(socket, log);
    socket.on("connect", () => log.add("connect", socket.id));
    socket.on("disconnect", (reason) => log.add("disconnect", reason));
    socket.on("connect_error", (error) => log.add("connect_error", error.message));
    socket.on("receiveMessage", ({ conversationId, message }) => {
      log.add("receiveMessage", { conversationId, message });
      if (conversationId === this.#activeConversationRef.current) {
        this.messages = [...this.messages, message];
      }
    });
    socket.on("messageError", ({ error }) => {
      log.add("messageError", { error });
      this.alerts.push(`Failed to send message: ${error}`);
    });
    socket.on("userTyping", ({ conversationId, userId }) => log.add("userTyping", { conversationId, userId }));
    socket.on("userStoppedTyping", ({ conversationId, userId }) =>
      log.add("userStoppedTyping", { conversationId, userId }),
    );
    return socket;
  }

  get socket() {
    return this.#socketRef.current;
  }

  /** What the page does when its active conversation changes: the last effect's cleanup, then the effect. */
  open(activeConversationId) {
    this.#cleanUpEffect();
    this.#activeConversationRef.current = activeConversationId;
    if (activeConversationId && this.#socketRef.current) {
      this.#socketRef.current.emit("joinRoom", activeConversationId);
    }
    this.#cleanUpEffect = () => {
      if (activeConversationId && this.#socketRef.current) {
        this.#socketRef.current.emit("leaveRoom", activeConversationId);
      }
    };
  }

  send(conversationId, content, rest = { type: "text" }) {
    this.socket.emit("sendMessage", { conversationId, senderId: this.userId, content, ...rest });
  }

  typing(conversationId) {
    this.socket.emit("typing", { conversationId, userId: this.userId });
  }

  stopTyping(conversationId) {
    this.socket.emit("stopTyping", { conversationId, userId: this.userId });
  }

  unmount() {
    this.#cleanUpEffect();
    this.#socketRef.current.disconnect();
  }

  /** The message with the given content, now or when it comes. */
  async message(content) {
    const matches = (received) => received.message.content === content;
    const { message } = await this.log.first("receiveMessage", matches, content);
    return message;
  }

  /** The contents of all messages so far. */
  contents() {
    return this.log.all("receiveMessage").map(({ message }) => message.content);
  }

  /** Opens a conversation and is certain of it: without acks, one's own message that comes back is the only proof. */
  async openAndProve(conversationId, marker) {
    this.open(conversationId);
    this.send(conversationId, marker);
    await this.message(marker);
  }
}
