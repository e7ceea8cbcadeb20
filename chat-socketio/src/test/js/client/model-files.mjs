import { failure } from "./model-server.mjs";

const STEP = 10;

/** A file whose content is a text, one byte for each character. */
export const fileOf = (name, text, { type = "text/plain", lastModified = 1 } = {}) => ({ name, type, lastModified, ...blobOf(text) });

const blobOf = (text) => ({ text, size: text.length, slice: (from, to) => blobOf(text.slice(from, to)) });

/** The uploads of a model server: those of its events, and those of the requests over HTTP. */
export class ModelFiles {
  uploads = new Map();
  /** The requests with a body that are in progress, and how many there were at most. */
  running = new Set();
  mostRunning = 0;
  /** Every request: its method, the upload and the offset. */
  requests = [];
  /** How many bytes of a body arrive in 10 ms. */
  pace = 1_000;
  /** Whether the server sends the message itself. */
  sendsMessages = true;
  /** Refuses the files of these types, after the upload. */
  refusedType = null;
  /** How long a file is inspected. */
  checkedFor = 0;
  #ids = 0;

  constructor(world, server) {
    Object.assign(this, { world, server });
    const { send } = server;
    server.send = (id, user, message, more) => this.#refusal(message) ?? this.#used(send.call(server, id, user, message, more));
    server.on_startUpload = (link, room, payload) => this.start(link.user, payload);
    server.on_getUpload = (link, room, { uploadId }) => this.#stateOf(this.uploads.get(uploadId));
    server.on_cancelUpload = (link, room, { uploadId }) => this.#cancel(this.uploads.get(uploadId));
  }

  start(user, payload) {
    const known = [...this.uploads.values()].find(({ clientUploadId }) => clientUploadId === payload.clientUploadId);
    const upload = known ?? { ...payload, user, id: `u${++this.#ids}`, text: "", status: "open" };
    this.uploads.set(upload.id, upload);
    return this.#stateOf(upload);
  }

  #stateOf(upload) {
    if (!upload) return failure("upload_not_found", false);
    const { id, text, status, code } = upload;
    const state = { success: true, uploadId: id, url: `/api/uploads/${id}`, fileUrl: `/api/files/${id}?e=1&s=2`, offset: text.length };
    return this.sendsMessages ? { ...state, status, ...(code && { code }) } : state;
  }

  /** A message has complete files. */
  #refusal({ attachments = [] }) {
    const isThere = ({ fileUrl, fileSize }) => this.uploads.get(fileUrl.split("/").at(-1))?.text.length === fileSize;
    return attachments.every(isThere) ? null : failure("invalid_payload", false);
  }

  #used(answer) {
    for (const { fileUrl } of answer.message.attachments ?? []) this.uploads.get(fileUrl.split("/").at(-1)).status = "sent";
    return answer;
  }

  #cancel(upload) {
    if (!upload) return failure("upload_not_found", false);
    if (upload.status === "sent") return failure("conflict", false);
    this.uploads.delete(upload.id);
    return { success: true };
  }

  /** Ends all requests in progress. */
  cutAll() {
    [...this.running].forEach((cut) => cut());
  }

  /** Sends a request of the client over HTTP. */
  send = ({ method, url, headers, body, onProgress, signal }) =>
    new Promise((resolve, reject) => {
      const { world, server } = this;
      const cut = () => {
        this.running.delete(cut);
        reject(new Error("cut"));
      };
      signal.addEventListener("abort", cut, { once: true });
      const upload = this.uploads.get(url.split("/").at(-1));
      const offset = Number(headers["Upload-Offset"]);
      this.requests.push({ method, uploadId: upload?.id, offset, at: world.now, authorization: headers.Authorization });
      const answer = (status, text = "") => {
        this.running.delete(cut);
        if (this.losesAnswers || (server.isFaulty && world.chance(0.15))) return cut();
        const header = (name) => (name === "Upload-Offset" && upload && status < 300 ? String(upload.text.length) : null);
        world.after(world.upTo(20), () => !signal.aborted && resolve({ status, header, text }));
      };
      world.after(world.upTo(20), () => {
        if (signal.aborted) return;
        if (!server.isUp) return cut();
        if (!upload || !this.uploads.has(upload.id)) return answer(404);
        // A later request ends an earlier one.
        upload.end?.();
        upload.end = undefined;
        if (method === "HEAD") return answer(200);
        if (method === "PATCH" && offset !== upload.text.length) return answer(409, JSON.stringify(failure("conflict", false)));
        this.running.add(cut);
        this.mostRunning = Math.max(this.mostRunning, this.running.size);
        upload.end = cut;
        this.#receive({ upload, body, onProgress, cut, signal, sent: 0, answer });
      });
    });

  #receive(request) {
    const { upload, body, onProgress, cut, answer } = request;
    this.world.after(STEP, () => {
      if (!this.running.has(cut)) return;
      if (this.isStalled) return;
      if (this.server.isFaulty && this.world.chance(0.05)) return cut();
      const part = body.text.slice(request.sent, request.sent + this.pace);
      upload.text += part;
      request.sent += part.length;
      onProgress(request.sent);
      if (request.sent < body.size) return this.#receive(request);
      upload.end = undefined;
      this.#complete(upload);
      answer(204);
    });
  }

  #complete(upload) {
    if (upload.status !== "open") return;
    upload.status = "checking";
    const ends = () => {
      const isRefused = this.refusedType !== null && upload.mimeType === this.refusedType;
      if (isRefused) Object.assign(upload, { status: "rejected", code: "file_type_blocked" });
      else this.#finish(upload);
      const { id: uploadId, conversationId, status, code } = upload;
      this.tell(upload.user, "uploadFinished", { uploadId, conversationId, userId: upload.user, status, ...(code && { code }) });
    };
    if (this.checkedFor === 0) ends();
    else this.world.after(this.checkedFor, ends);
  }

  #finish(upload) {
    upload.status = "ready";
    if (!this.sendsMessages || !upload.message) return;
    const { id, fileName, fileSize, conversationId, user, message } = upload;
    this.server.send(conversationId, user, { ...message, attachments: [{ fileUrl: `/api/files/${id}`, fileName, fileSize }] });
  }

  tell(user, event, payload) {
    for (const link of this.server.links) if (link.user === user) link.tell(event, payload);
  }
}

/** What the tabs of a model browser store and hold. */
export class ModelStore {
  #texts = new Map();
  #held = new Set();
  storage = {
    keys: (prefix) => [...this.#texts.keys()].filter((key) => key.startsWith(prefix)),
    get: (key) => this.#texts.get(key) ?? null,
    set: (key, text) => void this.#texts.set(key, text),
    remove: (key) => void this.#texts.delete(key),
  };
  hold = async (name) => {
    if (this.#held.has(name)) return null;
    this.#held.add(name);
    return () => void this.#held.delete(name);
  };

  get size() {
    return this.#texts.size;
  }

  get held() {
    return this.#held.size;
  }
}
