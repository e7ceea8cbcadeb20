// The client of Roomcast for browsers and Node.

import type {
  Answer,
  CallSummary,
  ClientToServerEvents,
  Conversation,
  Failure,
  ListedConversation,
  Member,
  Message,
  Permission,
  Preferences,
  Presence,
  Role,
  SendMessagePayload,
  ServerToClientEvents,
  SessionEvent,
  SetPreferencesPayload,
  UserProfile,
} from "../contract/chat-events";

export type { Answer, CallSummary, Conversation, Failure, ListedConversation, Member, Message, Permission, Presence, Role, UserProfile };

/** Something with a state that changes. Fits useSyncExternalStore of React and the stores of Svelte and Vue. */
export interface Observable<Snapshot> {
  /** Calls the listener after each change. Returns a function that ends this. */
  subscribe(listener: () => void): () => void;
  /** Returns the state. It is immutable, and the same object until the next change. */
  getSnapshot(): Snapshot;
}

/** Connects to a server. Never throws because of the server or the network: the snapshot reports both. */
export function connect(options: ConnectOptions): Chat;

export interface ConnectOptions {
  /** The address of the server, such as https://chat.example.com/. The page's folder if absent. */
  url?: string;
  /** The function io of socket.io-client 4.4 or newer. */
  io: (url: string, options: object) => unknown;
  /** Returns a valid token; called for each connection. */
  token?: () => string | undefined | Promise<string | undefined>;
  /**
   * The id of the user. Required if the server has no authenticator. Otherwise it allows the client to show unsent
   * messages before the first connection.
   */
  user?: string;
  /** Where unsent messages are kept. IndexedDB if absent, or memory where there is none. */
  storage?: OutboxStorage;
  /** The function files of roomcast-files.js, if users send and open files. */
  files?: FilesModule;
  /** The path of the Socket.IO endpoint if it is not socket.io/ below the address. */
  path?: string;
  /** How many messages of a room are kept in memory; at least 100, 300 if absent. */
  keep?: number;
}

/** What roomcast-files.js adds to a chat. */
export type FilesModule = (parts: any) => any;

/** Keeps unsent messages. Several tabs may share it. */
export interface OutboxStorage {
  /** Returns the entries of a user, in any order. */
  load(user: string): Promise<OutboxEntry[]>;
  /** Adds an entry, or replaces that with the same clientMessageId. */
  put(user: string, entry: OutboxEntry): Promise<void>;
  /** Removes an entry if it exists. */
  remove(user: string, clientMessageId: string): Promise<void>;
}

/** A message that the server has not stored yet, as far as the client knows. */
export interface OutboxEntry extends SendMessagePayload {
  clientMessageId: string;
  /** Orders the entries. */
  position: number;
  createdAt: string;
  /** Present if the message was refused. It is then sent again only by retry. */
  failure?: Failure;
}

export type Status =
  /** Not connected. The client tries to connect. */
  | "connecting"
  /** Connected. */
  | "online"
  /** The browser reports that there is no network. */
  | "offline"
  /** The server refused the token. Ends with reconnect(). */
  | "refused"
  /** The server ended the session. Ends with reconnect(). */
  | "ended"
  /** The client was closed. */
  | "closed";

export interface ChatSnapshot {
  readonly status: Status;
  /** The user, as soon as it is known. */
  readonly userId?: string;
  /** Why the status is refused or ended. */
  readonly reason?: string;
  /** What the server said of the latest connection: its limits, and the user if it is known to the server. */
  readonly session?: SessionEvent;
  /** How many messages are unsent, those that were refused included. */
  readonly unsent: number;
}

/** A name that is none of the contract's. */
type OwnEvent<Event> = Event extends keyof ClientToServerEvents | keyof ServerToClientEvents ? never : string;

export interface Chat extends Observable<ChatSnapshot> {
  /** Returns a room; always the same object. The client is in the room while somebody subscribes to it. */
  room(conversationId: string): Room;
  /** The conversations of the user. They are loaded while somebody subscribes. */
  readonly inbox: Inbox;
  /** The presence of users. */
  readonly presence: PresenceList;
  /** The names and pictures of users. */
  readonly users: UserList;
  /** The addresses of files. Present with the option files. */
  readonly files?: FileLinks;
  /** Sends any event of the contract and returns its answer. */
  request<Event extends keyof ClientToServerEvents>(
    event: Event,
    payload: Parameters<ClientToServerEvents[Event]>[0],
  ): Promise<Parameters<Parameters<ClientToServerEvents[Event]>[1]>[0]>;
  /** Sends an event that the host handles and returns its answer. */
  request<Result = unknown, Event extends string = string>(
    event: Event & OwnEvent<Event>,
    payload: unknown,
  ): Promise<Answer<{ success: true } & Result>>;
  /**
   * Calls the listener for each event of the contract, after the snapshots have changed. Returns a function that ends
   * this. Messages of messagesBatch are passed as receiveMessage too.
   */
  on<Event extends keyof ServerToClientEvents>(event: Event, listener: ServerToClientEvents[Event]): () => void;
  /** Calls the listener for each event that the host sends under a name of its own. */
  on<Event extends string>(event: Event & OwnEvent<Event>, listener: (payload: any) => void): () => void;
  /** Connects again after the status refused or ended. */
  reconnect(): void;
  /** Ends the connection and all timers and listeners. Unsent messages stay in the storage. */
  close(): void;
}

/** A message that is not stored yet. */
export interface Unsent extends OutboxEntry {
  /** The same as clientMessageId. */
  id: string;
  senderId: string;
  type: "text" | "file" | "image" | "custom";
  /** Paused also if files have to be chosen again after a reload. */
  status: "sending" | "paused" | "failed";
  /** The files that are being uploaded. The message is sent when the server has all of them. */
  files?: readonly UnsentFile[];
}

/** A file that is being uploaded. */
export interface UnsentFile {
  readonly fileName: string;
  /** In bytes. */
  readonly fileSize: number;
  readonly mimeType?: string;
  /** How many bytes were sent, as far as known. */
  readonly loaded: number;
  readonly status:
    /** Other uploads are in progress. */
    | "waiting"
    /** In progress, or repeated after a pause. */
    | "uploading"
    /** Until resume is called. */
    | "paused"
    /** The page was reloaded: the upload continues when the user has chosen the same file again. */
    | "missing"
    /** The server has the file and may inspect it. */
    | "checking"
    /** The server has the file. */
    | "ready"
    /** The message has the failure. */
    | "failed";
  /** The file itself, for a preview, unless it is missing. */
  readonly file?: Blob;
}

/** A file that another user is uploading. */
export interface RoomUpload {
  readonly uploadId: string;
  readonly userId: string;
  readonly fileName: string;
  /** In bytes. */
  readonly loaded: number;
  /** In bytes. */
  readonly total: number;
}

/** Where the files of messages are. */
export interface FileLinks {
  /** Returns the address of a file of a message, for a page at any address. Does nothing to other addresses. */
  urlOf(fileUrl: string): string;
  /** Returns whether the link is valid for another minute. */
  isCurrent(fileUrl: string): boolean;
  /** Returns the address as urlOf does, with a new link if it is not current. */
  currentUrlOf(fileUrl: string): Promise<string>;
}

/** A stored message, which has no status, or an unsent one. */
export type Row = (Message & { status?: undefined }) | Unsent;

export interface RoomSnapshot {
  readonly conversationId: string;
  /** Loading until the first page has arrived; closed if the user may not be in the room. */
  readonly status: "loading" | "ready" | "closed";
  /** Why the status is closed. */
  readonly failure?: Failure;
  /** The call that the conversation has. Join it with accept of roomcast-calls.js. Its peers are those of the latest connection. */
  readonly call?: CallSummary;
  /** In order, unsent ones last. A stored message keeps the clientMessageId that it had before. */
  readonly messages: readonly Row[];
  /** Messages that were requested with loadMessage, such as those that others quote; at most 150, in any order. */
  readonly apart: readonly Message[];
  /** The pinned messages, the latest pinned first. Complete after loadDetails. */
  readonly pins: readonly Message[];
  /** Empty until loadDetails has been called. */
  readonly details: Details;
  readonly hasOlder: boolean;
  /** Whether newer messages exist that are not kept in memory. */
  readonly hasNewer: boolean;
  readonly latestSeq: number;
  /** The highest seq that this user has read. */
  readonly readSeq: number;
  readonly unread: number;
  /** The number of users in the room. */
  readonly online: number;
  /** Whether so many users are in the room that who types or views it is not known. */
  readonly large: boolean;
  /** The ids of the other users who are typing. Empty in a large room. */
  readonly typing: readonly string[];
  /** The number of users who are typing, also in a large room. */
  readonly typingCount: number;
  /** The ids of the other users who view the room. */
  readonly viewers: readonly string[];
  /** The files that other users are uploading for a message in this room. */
  readonly uploads: readonly RoomUpload[];
  /** For each user, the highest seq that was delivered and read. */
  readonly receipts: {
    readonly delivered: Readonly<Record<string, number>>;
    readonly read: Readonly<Record<string, number>>;
  };
}

/** What is known of a conversation besides its messages, as far as the user may see it. */
export interface Details {
  readonly conversation?: Conversation;
  /** The role of the user; absent if the user is not a member. */
  readonly role?: Role;
  /** What the user may do. A request may be refused nevertheless, because this may have changed. */
  readonly may?: readonly Permission[];
  readonly preferences?: Preferences;
  /** The members of a direct conversation or a group, in any order. */
  readonly members?: readonly Member[];
}

/** What send takes instead of a text. */
export type Draft = Omit<SendMessagePayload, "conversationId" | "senderId" | "clientMessageId">;

/** What sendFiles takes besides the files. */
export type FileDraft = Omit<Draft, "content" | "attachments" | "fileUrl" | "fileName" | "fileSize" | "mimeType"> & {
  content?: string;
};

export interface Room extends Observable<RoomSnapshot> {
  readonly conversationId: string;
  /**
   * Shows the message immediately, and sends it as soon as possible, also after a reload. Returns its clientMessageId,
   * or a failure if the message cannot be sent as JSON.
   */
  send(message: string | Draft): { success: true; clientMessageId: string } | Failure;
  /**
   * Uploads files and sends a message with all of them. Shows the message immediately, with the progress in its files.
   * Two files at a time are uploaded. Returns the message's clientMessageId, or a failure if there are too many files or
   * one is too large. A file whose upload was interrupted by a reload is continued, if it is chosen for the same message
   * or without a text. Requires the option files.
   */
  sendFiles(files: Iterable<File>, message?: string | FileDraft): { success: true; clientMessageId: string } | Failure;
  /** Continues uploads that a reload has interrupted, with files that were chosen again. Returns the other files. */
  resumeFiles(files: Iterable<File>): File[];
  /** Ends the uploads of a message for now. */
  pause(clientMessageId: string): void;
  /** Continues the uploads of a message. */
  resume(clientMessageId: string): void;
  /** Sends a refused message again. */
  retry(clientMessageId: string): void;
  /** Removes an unsent message, and cancels its uploads. */
  discard(clientMessageId: string): void;
  edit(messageId: string, content: string): Promise<Answer<{ success: true }>>;
  remove(messageId: string): Promise<Answer<{ success: true }>>;
  /** Adds or removes the user's reaction. */
  react(messageId: string, key: string, on?: boolean): Promise<Answer<{ success: true }>>;
  /**
   * Loads the messages around one, unless it is in the snapshot. They replace the others; hasOlder and hasNewer say
   * whether more exist on each side.
   */
  goTo(messageId: string): Promise<Answer<{ success: true }>>;
  /** Pins or unpins a message, for all users. */
  pin(messageId: string, on?: boolean): Promise<Answer<{ success: true }>>;
  /** Loads one message, for example the one that another replies to. It is then in apart, and remains current. */
  loadMessage(messageId: string): Promise<Answer<{ success: true }>>;
  /** Loads the conversation, its members and its pinned messages, and keeps them current. */
  loadDetails(): void;
  /** Changes what the user prefers in this conversation, such as { archived: true }. null clears a value. */
  setPreferences(preferences: Omit<SetPreferencesPayload, "conversationId">): Promise<Answer<{ success: true; preferences: Preferences }>>;
  /**
   * Call this with each key that the user types, so that the text follows to the user's other devices. There it is
   * details.preferences.draft. Stored after a pause, and removed by send. Requires loadDetails.
   */
  saveDraft(content: string, replyTo?: string): void;
  /**
   * Sends an event of the front end's own to the others in the room, or to some of them, who receive customEvent. It is not
   * stored. An empty list of users is refused.
   */
  sendEvent(name: string, data?: unknown, toUserIds?: string[]): Promise<Answer<{ success: true }>>;
  /** Loads a page of older messages. Beyond the number that is kept, the newest ones are dropped. */
  loadOlder(): Promise<Answer<{ success: true }>>;
  /** Loads a page of newer messages after hasNewer. Beyond the number that is kept, the oldest ones are dropped. */
  loadNewer(): Promise<Answer<{ success: true }>>;
  /** Loads the newest page and drops the others, if newer messages are not kept. */
  loadLatest(): void;
  /**
   * Call this with false while the user reads older messages. Then new messages do not push out the oldest kept ones:
   * hasNewer becomes true instead. Call it with true when the user is at the end again.
   */
  follow(isFollowing?: boolean): void;
  /** Call this when the user has seen the messages up to a seq, by default all. Waits until the page is visible. */
  markRead(upToSeq?: number): void;
  /** Call this with each key that the user types. */
  typing(): void;
  stopTyping(): void;
  /** The user looks at the room. Others see the user in viewers, while the page is visible. */
  viewing(): void;
  stopViewing(): void;
}

export interface InboxSnapshot {
  /** The most recently active conversation first. */
  readonly conversations: readonly ListedConversation[];
  /** The number of unread messages in the conversations that are loaded, without muted and archived ones. */
  readonly unread: number;
  /** How many of them mention the user. */
  readonly mentions: number;
  readonly hasMore: boolean;
  readonly status: "loading" | "ready";
  /** Why the conversations could not be loaded. */
  readonly failure?: Failure;
}

export type Filter = "active" | "archived" | "unread" | "favorites";

export interface Inbox extends Observable<InboxSnapshot> {
  /**
   * Returns a conversation that is loaded, also if the filter hides it. Undefined, until the filter changes, if it ceased to
   * match the filter while the client was not connected.
   */
  find(conversationId: string): ListedConversation | undefined;
  /** Shows only some of the conversations, or all without a filter. The numbers remain those of all. */
  setFilter(filter?: Filter): void;
  loadMore(): Promise<Answer<{ success: true }>>;
}

export interface PresenceList extends Observable<Readonly<Record<string, Presence>>> {
  /** Adds users whose presence is shown; at most 200 in all. */
  watch(userIds: string[]): Promise<Answer<{ success: true }>>;
}

export interface UserList extends Observable<Readonly<Record<string, UserProfile>>> {
  /**
   * Adds users who are shown, such as the senders of a page. Calls of one task share a request, and users who are known
   * are not requested again. The latest 1,000 remain. Users whom the host does not know have no entry.
   */
  watch(userIds: readonly string[]): Promise<Answer<{ success: true }>>;
}

/** Returns a storage that a reload empties. */
export function inMemory(): OutboxStorage;
