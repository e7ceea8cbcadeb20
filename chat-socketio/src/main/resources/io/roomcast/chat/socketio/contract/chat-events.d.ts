// What Roomcast and its Socket.IO clients tell each other: the types of a
// Socket<ServerToClientEvents, ClientToServerEvents> of socket.io-client 4.
// Written by the server's build; do not edit.

/** What a request is answered: a success or a failure, told apart by success. */
export type Answer<Result> = Result | Failure;

/** Takes an answer. */
export type Ack<Result> = (answer: Answer<Result>) => void;

/** The same events without an ack; failures are told by messageError and chatError then. */
export type WithoutAck<Events> = {
  [Event in keyof Events]: Events[Event] extends (payload: infer Payload, ack: infer _Ack) => void
    ? (payload: Payload) => void
    : never;
};

/** All that a client may ask. */
export interface ClientToServerEvents {
  /** Listens to a conversation from now on. */
  joinRoom: (payload: JoinRoomPayload, ack: Ack<JoinRoomResult>) => void;

  /** Listens to several conversations from now on, with one answer for all. */
  joinRooms: (payload: JoinRoomsPayload, ack: Ack<JoinRoomsResult>) => void;

  /** Listens no longer. */
  leaveRoom: (payload: LeaveRoomPayload, ack: Ack<LeaveRoomResult>) => void;

  /** Tells the others that the user is typing. */
  typing: (payload: TypingPayload, ack: Ack<TypingResult>) => void;

  /** Tells the others that the user stopped typing. */
  stopTyping: (payload: StopTypingPayload, ack: Ack<StopTypingResult>) => void;

  /** Tells the others that the user looks at the room. */
  viewing: (payload: ViewingPayload, ack: Ack<ViewingResult>) => void;

  /** Tells the others that the user looks elsewhere. */
  stopViewing: (payload: StopViewingPayload, ack: Ack<StopViewingResult>) => void;

  /** Stores a message and tells the room. */
  sendMessage: (payload: SendMessagePayload, ack: Ack<SendMessageResult>) => void;

  /** Gives a message other words. */
  editMessage: (payload: EditMessagePayload, ack: Ack<EditMessageResult>) => void;

  /** Takes a message back. */
  deleteMessage: (payload: DeleteMessagePayload, ack: Ack<DeleteMessageResult>) => void;

  /** Reacts to a message. */
  addReaction: (payload: AddReactionPayload, ack: Ack<AddReactionResult>) => void;

  /** Takes a reaction back. */
  removeReaction: (payload: RemoveReactionPayload, ack: Ack<RemoveReactionResult>) => void;

  /** Reads a page of messages. */
  getMessages: (payload: GetMessagesPayload, ack: Ack<GetMessagesResult>) => void;

  /** Reads what happened after a position. */
  syncRoom: (payload: SyncRoomPayload, ack: Ack<SyncRoomResult>) => void;

  /** Tells that a device of the user's has the messages up to a place. */
  markDelivered: (payload: MarkDeliveredPayload, ack: Ack<MarkDeliveredResult>) => void;

  /** Tells that the user has seen the messages up to a place. */
  markRead: (payload: MarkReadPayload, ack: Ack<MarkReadResult>) => void;

  /** Reads how far everybody has come. */
  getReceipts: (payload: GetReceiptsPayload, ack: Ack<GetReceiptsResult>) => void;

  /** Makes a conversation. */
  createConversation: (payload: CreateConversationPayload, ack: Ack<CreateConversationResult>) => void;

  /** Changes a group's title or metadata. */
  updateConversation: (payload: UpdateConversationPayload, ack: Ack<UpdateConversationResult>) => void;

  /** Makes users members of a group. */
  addMembers: (payload: AddMembersPayload, ack: Ack<AddMembersResult>) => void;

  /** Ends a membership of a group, perhaps the user's own. */
  removeMember: (payload: RemoveMemberPayload, ack: Ack<RemoveMemberResult>) => void;

  /** Reads a page of the user's conversations, the most lively first. */
  getConversations: (payload: GetConversationsPayload, ack: Ack<GetConversationsResult>) => void;

  /** Tells whether the user is at the keyboard. */
  setPresence: (payload: SetPresencePayload, ack: Ack<SetPresenceResult>) => void;

  /** Reads who is here. */
  getPresence: (payload: GetPresencePayload, ack: Ack<GetPresenceResult>) => void;

  /** Reads who is here, and is told of it on. */
  subscribePresence: (payload: SubscribePresencePayload, ack: Ack<SubscribePresenceResult>) => void;

  /** Is told of users no longer, and reads who is here. */
  unsubscribePresence: (payload: UnsubscribePresencePayload, ack: Ack<UnsubscribePresenceResult>) => void;

  /** Proves anew who the user is, before the old proof ends. */
  refreshToken: (payload: RefreshTokenPayload, ack: Ack<RefreshTokenResult>) => void;
}

/** All that a client may be told. */
export interface ServerToClientEvents {
  /** The session has begun; told first. */
  session: (payload: SessionEvent) => void;

  /** The proof of who the user is ends soon. */
  tokenExpiring: (payload: TokenExpiringEvent) => void;

  /** The session is over by the server's will. */
  sessionRevoked: (payload: SessionRevokedEvent) => void;

  /** The server is about to stop. */
  serverDraining: (payload: ServerDrainingEvent) => void;

  /** A message was stored. */
  receiveMessage: (payload: ReceiveMessageEvent) => void;

  /** Several messages were stored; only for those who take the feature of that name. */
  messagesBatch: (payload: MessagesBatchEvent) => void;

  /** What the client missed of a room while it was away. */
  roomSync: (payload: RoomSyncEvent) => void;

  /** The client missed something and must fetch it. */
  syncRequired: (payload: SyncRequiredEvent) => void;

  /** A message has other words. */
  messageEdited: (payload: MessageEditedEvent) => void;

  /** A message was taken back. */
  messageDeleted: (payload: MessageDeletedEvent) => void;

  /** Somebody reacted to a message, or took a reaction back. */
  messageReactions: (payload: MessageReactionsEvent) => void;

  /** A device of a user has more messages. */
  messagesDelivered: (payload: MessagesDeliveredEvent) => void;

  /** A user has seen more messages. */
  messagesRead: (payload: MessagesReadEvent) => void;

  /** What the user has left to read has changed. */
  unreadChanged: (payload: UnreadChangedEvent) => void;

  /** A user is typing. */
  userTyping: (payload: UserTypingEvent) => void;

  /** A user stopped typing. */
  userStoppedTyping: (payload: UserStoppedTypingEvent) => void;

  /** A user looks at a room. */
  userViewing: (payload: UserViewingEvent) => void;

  /** A user looks elsewhere. */
  userStoppedViewing: (payload: UserStoppedViewingEvent) => void;

  /** A user came into a room. */
  userJoined: (payload: UserJoinedEvent) => void;

  /** A user left a room. */
  userLeft: (payload: UserLeftEvent) => void;

  /** A user came, went, or is away. */
  presenceChanged: (payload: PresenceChangedEvent) => void;

  /** A conversation was made or changed. */
  conversationUpdated: (payload: ConversationUpdatedEvent) => void;

  /** A user became a member. */
  memberAdded: (payload: MemberAddedEvent) => void;

  /** A user is no longer a member. */
  memberRemoved: (payload: MemberRemovedEvent) => void;

  /** A message that wanted no ack was not sent, edited or deleted. */
  messageError: (payload: MessageErrorEvent) => void;

  /** Another request that wanted no ack failed. */
  chatError: (payload: ChatErrorEvent) => void;
}

/** Why a request failed; what goes with each code is told by ErrorCodes. */
export type ErrorCode =
  | "missing_fields"
  | "invalid_payload"
  | "invalid_cursor"
  | "message_too_long"
  | "payload_too_large"
  | "file_too_large"
  | "file_type_blocked"
  | "unauthenticated"
  | "token_expired"
  | "forbidden"
  | "user_mismatch"
  | "rejected"
  | "conversation_not_found"
  | "message_not_found"
  | "call_not_found"
  | "upload_not_found"
  | "conflict"
  | "room_limit"
  | "member_limit"
  | "reaction_limit"
  | "subscription_limit"
  | "busy"
  | "call_exists"
  | "answered_elsewhere"
  | "edit_window_closed"
  | "delete_window_closed"
  | "position_lost"
  | "rate_limited"
  | "storage_unavailable"
  | "unavailable"
  | "server_draining"
  | "timeout"
  | "not_supported"
  | "internal_error";

/** What goes with each error code: its HTTP status, and whether to try again. */
export interface ErrorCodes {
  /** Missing required fields. */
  missing_fields: { httpStatus: 400; retryable: false };
  /** Invalid payload. */
  invalid_payload: { httpStatus: 400; retryable: false };
  /** Invalid cursor. */
  invalid_cursor: { httpStatus: 400; retryable: false };
  /** Message too long. */
  message_too_long: { httpStatus: 413; retryable: false };
  /** Payload too large. */
  payload_too_large: { httpStatus: 413; retryable: false };
  /** File too large. */
  file_too_large: { httpStatus: 413; retryable: false };
  /** File type not allowed. */
  file_type_blocked: { httpStatus: 415; retryable: false };
  /** Authentication error. */
  unauthenticated: { httpStatus: 401; retryable: false };
  /** Token expired. */
  token_expired: { httpStatus: 401; retryable: true };
  /** Not allowed. */
  forbidden: { httpStatus: 403; retryable: false };
  /** Not allowed. */
  user_mismatch: { httpStatus: 403; retryable: false };
  /** Message rejected. */
  rejected: { httpStatus: 422; retryable: false };
  /** Conversation not found. */
  conversation_not_found: { httpStatus: 404; retryable: false };
  /** Message not found. */
  message_not_found: { httpStatus: 404; retryable: false };
  /** Call not found. */
  call_not_found: { httpStatus: 404; retryable: false };
  /** Upload not found. */
  upload_not_found: { httpStatus: 404; retryable: false };
  /** Conflict. */
  conflict: { httpStatus: 409; retryable: false };
  /** Too many rooms. */
  room_limit: { httpStatus: 409; retryable: false };
  /** Too many members. */
  member_limit: { httpStatus: 409; retryable: false };
  /** Too many reactions. */
  reaction_limit: { httpStatus: 409; retryable: false };
  /** Too many subscriptions. */
  subscription_limit: { httpStatus: 409; retryable: false };
  /** Busy. */
  busy: { httpStatus: 409; retryable: false };
  /** Call already running. */
  call_exists: { httpStatus: 409; retryable: false };
  /** Answered elsewhere. */
  answered_elsewhere: { httpStatus: 409; retryable: false };
  /** Too late to edit. */
  edit_window_closed: { httpStatus: 409; retryable: false };
  /** Too late to delete. */
  delete_window_closed: { httpStatus: 409; retryable: false };
  /** Position lost. */
  position_lost: { httpStatus: 410; retryable: false };
  /** Too many requests. */
  rate_limited: { httpStatus: 429; retryable: true };
  /** Storage is unavailable. */
  storage_unavailable: { httpStatus: 503; retryable: true };
  /** Temporarily unavailable. */
  unavailable: { httpStatus: 503; retryable: true };
  /** Server restarting. */
  server_draining: { httpStatus: 503; retryable: true };
  /** Timed out. */
  timeout: { httpStatus: 504; retryable: true };
  /** Not supported. */
  not_supported: { httpStatus: 501; retryable: false };
  /** Internal error. */
  internal_error: { httpStatus: 500; retryable: true };
}

/** The answer to a request that failed. */
export interface Failure {
  success: false;
  /** A short English text that a user may see. */
  error: string;
  code: ErrorCode;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  retryAfterMs?: number;
  /** Which field is at fault. */
  field?: string;
  conversationId?: string;
  clientMessageId?: string;
}

/** What the error of connect_error has as its data. */
export interface ConnectErrorData {
  code: ErrorCode;
  retryable: boolean;
  /** Which part of the handshake cannot be read. */
  field?: string;
}

/** What a client says as it connects; the auth option of its socket. All the rooms of a session fit in it. A larger one is refused with connect_error and the code payload_too_large. */
export interface Handshake {
  /** The proof of who the user is, for the server's authenticator. */
  token?: string;
  /** The rooms to be put back into, and how far the client has come in each. What cannot be used of it is left aside. null and an empty text count as absent. */
  resume?: { epoch?: string; rooms: Record<string, Position> };
  features?: Feature[];
}

/** Something that only those are told who ask for it. */
export type Feature = "messagesBatch";

/** How far something has come in a conversation: its newest message, and its newest change. */
export interface Position {
  seq: number;
  version: number;
}

/** What kind of thing a message's content is. */
export type MessageType = "text" | "file" | "image" | "system" | "call";

/** How many users chose a key, and the first 10 of them. */
export interface Reaction {
  count: number;
  userIds: string[];
}

/** The reactions to a message, by their keys. */
export type Reactions = Record<string, Reaction>;

/** A message as it is after its last change. */
export interface Message {
  id: string;
  /** The same as id, for front ends that know it from a database's document. */
  _id: string;
  conversationId: string;
  /** Its place in the conversation: 1, 2, 3 and so on, without gaps. */
  seq: number;
  /** The conversation's change that touched it last; 0 if none did. */
  version: number;
  senderId: string;
  /** The sender's idempotency key. */
  clientMessageId?: string;
  type: MessageType;
  /** Empty in a deleted message, and where a file speaks for itself. */
  content: string;
  /** Required with the name, the size or the type of a file. */
  fileUrl?: string;
  fileName?: string;
  /** In bytes. */
  fileSize?: number;
  mimeType?: string;
  /** The id of the message that it answers. */
  replyTo?: string;
  /** The ids of the users it names. */
  mentions?: string[];
  metadata?: Record<string, unknown>;
  createdAt: string;
  editedAt?: string;
  /** There if only the message's place is left. */
  deletedAt?: string;
  deletedBy?: string;
  reactions?: Reactions;
}

/** What a list of conversations shows of the newest message. */
export interface MessagePreview {
  id: string;
  _id: string;
  conversationId: string;
  seq: number;
  version: number;
  senderId: string;
  type: MessageType;
  /** The first 80 UTF-16 units. */
  content: string;
  createdAt: string;
  deleted: boolean;
}

/** How a conversation chooses its members. */
export type ConversationKind = "direct" | "group" | "open";

/** What a member may do in a group. */
export type Role = "owner" | "admin" | "member";

/** Who belongs to a conversation. */
export interface Member {
  userId: string;
  role: Role;
  joinedAt: string;
}

/** What is known of a conversation beside its messages. */
export interface Conversation {
  conversationId: string;
  kind: ConversationKind;
  title?: string;
  /** Left out of open conversations, and of groups in lists. */
  members?: Member[];
  metadata?: Record<string, unknown>;
  createdAt: string;
  updatedAt: string;
  latestSeq: number;
  version: number;
  lastMessage?: MessagePreview;
}

/** A conversation as one of its members sees it. */
export interface ListedConversation {
  conversationId: string;
  kind: ConversationKind;
  title?: string;
  /** Left out of open conversations, and of groups in lists. */
  members?: Member[];
  metadata?: Record<string, unknown>;
  createdAt: string;
  updatedAt: string;
  latestSeq: number;
  version: number;
  lastMessage?: MessagePreview;
  readSeq: number;
  unread: number;
}

/** How far a user has come in a conversation. */
export interface Receipt {
  conversationId: string;
  userId: string;
  /** The newest message that it covers; all before it are covered too. */
  upToSeq: number;
  at: string;
}

/** Whether a user is here. */
export type PresenceStatus = "online" | "away" | "offline";

/** Whether a user is here. */
export interface Presence {
  userId: string;
  status: PresenceStatus;
  /** When the user was here last, if that is known and past. */
  lastSeenAt?: string;
}

/** Why something was missed. */
export type SyncReason = "gap" | "slow_client" | "epoch_changed" | "position_lost";

/** The argument of joinRoom. */
export type JoinRoomPayload = string | {
  conversationId: string;
  /** How far the client has come, to hear what it missed. */
  after?: Position;
  limit?: number;
};

/** What a success of joinRoom answers. */
export interface JoinRoomResult {
  success: true;
  conversationId: string;
  /** The id of the store's life; positions of another one mean nothing. */
  epoch: string;
  latestSeq: number;
  version: number;
  readSeq: number;
  unread: number;
  /** The users in the room, this one included. */
  online: number;
  /** What was missed after the given position. */
  messages?: Message[];
  covered?: Position;
  hasMore?: boolean;
}

/** The argument of joinRooms. */
export interface JoinRoomsPayload {
  /** At most limits.roomsPerSession. */
  rooms: Array<string | {
    conversationId: string;
    /** How far the client has come, to hear what it missed. */
    after?: Position;
    limit?: number;
  }>;
}

/** What a success of joinRooms answers. */
export interface JoinRoomsResult {
  success: true;
  /** In the same order. */
  rooms: Array<{
    success: true;
    conversationId: string;
    /** The id of the store's life; positions of another one mean nothing. */
    epoch: string;
    latestSeq: number;
    version: number;
    readSeq: number;
    unread: number;
    /** The users in the room, this one included. */
    online: number;
    /** What was missed after the given position. */
    messages?: Message[];
    covered?: Position;
    hasMore?: boolean;
  } | {
    success: false;
    /** Empty if the entry names none. */
    conversationId: string;
    error: string;
    code: ErrorCode;
    retryable: boolean;
    /** 0 where no time is known. */
    retryAfterMs: number;
    /** The invalid field of this entry. */
    field?: string;
  }>;
}

/** The argument of leaveRoom. */
export type LeaveRoomPayload = string | {
  conversationId: string;
};

/** What a success of leaveRoom answers. */
export interface LeaveRoomResult {
  success: true;
  conversationId: string;
}

/** The argument of typing. */
export interface TypingPayload {
  conversationId: string;
  /** Needed where the server has no authenticator; else the user, or absent. */
  userId?: string;
}

/** What a success of typing answers. */
export interface TypingResult {
  success: true;
  /** How long the user counts as typing. */
  expiresInMs: number;
}

/** The argument of stopTyping. */
export interface StopTypingPayload {
  conversationId: string;
  /** Needed where the server has no authenticator; else the user, or absent. */
  userId?: string;
}

/** What a success of stopTyping answers. */
export interface StopTypingResult {
  success: true;
}

/** The argument of viewing. */
export type ViewingPayload = string | {
  conversationId: string;
  /** Needed where the server has no authenticator; else the user, or absent. */
  userId?: string;
};

/** What a success of viewing answers. */
export interface ViewingResult {
  success: true;
  /** The ids of the users who look at the room. */
  viewers: string[];
}

/** The argument of stopViewing. */
export type StopViewingPayload = string | {
  conversationId: string;
  /** Needed where the server has no authenticator; else the user, or absent. */
  userId?: string;
};

/** What a success of stopViewing answers. */
export interface StopViewingResult {
  success: true;
}

/** The argument of sendMessage. */
export interface SendMessagePayload {
  conversationId: string;
  /** Needed where the server has no authenticator; else the user, or absent. */
  senderId?: string;
  /** May be empty where a file or an image speaks for itself. */
  content: string;
  /** Text if absent. */
  type?: "text" | "file" | "image";
  /** Required with the name, the size or the type of a file. */
  fileUrl?: string;
  fileName?: string;
  /** In bytes. */
  fileSize?: number;
  mimeType?: string;
  /** The idempotency key: a repeat answers the stored message. */
  clientMessageId?: string;
  replyTo?: string;
  /** At most 50. */
  mentions?: string[];
  metadata?: Record<string, unknown>;
}

/** What a success of sendMessage answers. */
export interface SendMessageResult {
  success: true;
  message: Message;
  /** There and true if the message was stored before, under the same key. */
  duplicate?: boolean;
}

/** The argument of editMessage. */
export interface EditMessagePayload {
  conversationId: string;
  messageId: string;
  content: string;
  metadata?: Record<string, unknown>;
  /** Refused with conflict if it has another by now. */
  expectedVersion?: number;
}

/** What a success of editMessage answers. */
export interface EditMessageResult {
  success: true;
  message: Message;
}

/** The argument of deleteMessage. */
export interface DeleteMessagePayload {
  conversationId: string;
  messageId: string;
}

/** What a success of deleteMessage answers. */
export interface DeleteMessageResult {
  success: true;
  messageId: string;
  seq: number;
  version: number;
}

/** The argument of addReaction. */
export interface AddReactionPayload {
  conversationId: string;
  messageId: string;
  key: string;
}

/** What a success of addReaction answers. */
export interface AddReactionResult {
  success: true;
  reactions: Reactions;
  version: number;
}

/** The argument of removeReaction. */
export interface RemoveReactionPayload {
  conversationId: string;
  messageId: string;
  key: string;
}

/** What a success of removeReaction answers. */
export interface RemoveReactionResult {
  success: true;
  reactions: Reactions;
  version: number;
}

/** The argument of getMessages. */
export interface GetMessagesPayload {
  conversationId: string;
  /** A seq; at most one of before, after and around. */
  before?: number;
  after?: number;
  around?: number;
  limit?: number;
}

/** What a success of getMessages answers. */
export interface GetMessagesResult {
  success: true;
  /** Ascending by seq. */
  messages: Message[];
  hasMore: boolean;
  latestSeq: number;
  version: number;
  epoch: string;
}

/** The argument of syncRoom. */
export interface SyncRoomPayload {
  conversationId: string;
  /** The beginning if absent. */
  after?: Position;
  epoch: string;
  limit?: number;
}

/** What a success of syncRoom answers. */
export interface SyncRoomResult {
  success: true;
  conversationId: string;
  /** New and changed ones in their latest state, deleted ones too. */
  messages: Message[];
  receipts: { delivered: Receipt[]; read: Receipt[] };
  /** How far the client has come with these. */
  covered: Position;
  hasMore: boolean;
  epoch: string;
}

/** The argument of markDelivered. */
export type MarkDeliveredPayload = {
  conversationId: string;
  upToSeq: number;
} | {
  /** At most 100. */
  items: Array<{ conversationId: string; upToSeq: number }>;
};

/** What a success of markDelivered answers. */
export type MarkDeliveredResult = {
  success: true;
  upToSeq: number;
} | {
  success: true;
  /** There for two items or more. */
  items: Array<{ conversationId: string; upToSeq: number }>;
};

/** The argument of markRead. */
export interface MarkReadPayload {
  conversationId: string;
  upToSeq: number;
}

/** What a success of markRead answers. */
export interface MarkReadResult {
  success: true;
  upToSeq: number;
  unread: number;
}

/** The argument of getReceipts. */
export interface GetReceiptsPayload {
  conversationId: string;
}

/** What a success of getReceipts answers. */
export interface GetReceiptsResult {
  success: true;
  delivered: Receipt[];
  read: Receipt[];
}

/** The argument of createConversation. */
export type CreateConversationPayload = {
  kind: "direct";
  /** The other user. */
  memberIds: string[];
  metadata?: Record<string, unknown>;
} | {
  kind: "group";
  conversationId?: string;
  title?: string;
  /** The other members. */
  memberIds?: string[];
  metadata?: Record<string, unknown>;
};

/** What a success of createConversation answers. */
export interface CreateConversationResult {
  success: true;
  conversation: Conversation;
}

/** The argument of updateConversation. */
export type UpdateConversationPayload = {
  conversationId: string;
  title: string;
  metadata?: Record<string, unknown>;
} | {
  conversationId: string;
  title?: string;
  metadata: Record<string, unknown>;
};

/** What a success of updateConversation answers. */
export interface UpdateConversationResult {
  success: true;
  conversation: Conversation;
}

/** The argument of addMembers. */
export interface AddMembersPayload {
  conversationId: string;
  memberIds: string[];
}

/** What a success of addMembers answers. */
export interface AddMembersResult {
  success: true;
  conversation: Conversation;
}

/** The argument of removeMember. */
export interface RemoveMemberPayload {
  conversationId: string;
  userId: string;
}

/** What a success of removeMember answers. */
export interface RemoveMemberResult {
  success: true;
  conversation: Conversation;
}

/** The argument of getConversations. */
export interface GetConversationsPayload {
  /** The next of the page before. */
  after?: string;
  limit?: number;
}

/** What a success of getConversations answers. */
export interface GetConversationsResult {
  success: true;
  conversations: ListedConversation[];
  /** Where the next page begins; absent if this is the last. */
  next?: string;
}

/** The argument of setPresence. */
export interface SetPresencePayload {
  status: "online" | "away";
}

/** What a success of setPresence answers. */
export interface SetPresenceResult {
  success: true;
  presence: Presence;
}

/** The argument of getPresence. */
export interface GetPresencePayload {
  /** At least one and at most 200. */
  userIds: string[];
}

/** What a success of getPresence answers. */
export interface GetPresenceResult {
  success: true;
  presence: Presence[];
}

/** The argument of subscribePresence. */
export interface SubscribePresencePayload {
  /** At least one and at most 200. */
  userIds: string[];
}

/** What a success of subscribePresence answers. */
export interface SubscribePresenceResult {
  success: true;
  presence: Presence[];
}

/** The argument of unsubscribePresence. */
export interface UnsubscribePresencePayload {
  /** At least one and at most 200. */
  userIds: string[];
}

/** What a success of unsubscribePresence answers. */
export interface UnsubscribePresenceResult {
  success: true;
  presence: Presence[];
}

/** The argument of refreshToken. */
export interface RefreshTokenPayload {
  token: string;
}

/** What a success of refreshToken answers. */
export interface RefreshTokenResult {
  success: true;
  /** Absent if the proof never ends. */
  expiresAt?: string;
}

/** The argument of session. */
export interface SessionEvent {
  protocol: 1;
  sessionId: string;
  userId?: string;
  /** The id of the store's life; positions of another one mean nothing. */
  epoch: string;
  serverTime: string;
  tokenExpiresAt?: string;
  /** Whether rooms are joined again for the client. */
  resumed: boolean;
  limits: {
    contentLength: number;
    idLength: number;
    clientMessageIdLength: number;
    fileNameLength: number;
    fileUrlLength: number;
    roomsPerSession: number;
    historyPage: number;
    historyPageMax: number;
    members: number;
    frameBytes: number;
    commandTimeoutMs: number;
    typingTimeoutMs: number;
    typingIntervalMs: number;
    largeRoom: number;
    headerBytes: number;
    requestLineBytes: number;
    pendingBytes: number;
    sessionsPerUser: number;
    connectionsPerAddress: number;
    handshakesPerSecond: number;
    packetsPerSecond: number;
    queuedPerConversation: number;
    queued: number;
    syncPage: number;
    editWindowMs: number;
    deleteWindowMs: number;
    /** How often a user may ask, by what is asked. */
    rates: Record<string, {
      /** How often in the long run. */
      perSecond: number;
      /** How often at once. */
      burst: number;
    }>;
  };
  features: Feature[];
}

/** The argument of tokenExpiring. */
export interface TokenExpiringEvent {
  expiresAt: string;
  inMs: number;
}

/** The argument of sessionRevoked. */
export interface SessionRevokedEvent {
  /** token_expired, revoked, abuse or too_many_sessions. */
  reason: string;
  /** Whether to come back at once is of use. */
  reconnect: boolean;
}

/** The argument of serverDraining. */
export interface ServerDrainingEvent {
  /** When this client does best to come back. */
  reconnectInMs: number;
  deadlineMs: number;
}

/** The argument of receiveMessage. */
export interface ReceiveMessageEvent {
  conversationId: string;
  message: Message;
}

/** The argument of messagesBatch. */
export type MessagesBatchEvent = ReceiveMessageEvent[];

/** The argument of roomSync. */
export interface RoomSyncEvent {
  conversationId: string;
  /** New and changed ones in their latest state, deleted ones too. */
  messages: Message[];
  receipts: { delivered: Receipt[]; read: Receipt[] };
  /** How far the client has come with these. */
  covered: Position;
  hasMore: boolean;
  epoch: string;
}

/** The argument of syncRequired. */
export interface SyncRequiredEvent {
  /** Where; absent for everywhere. */
  conversationId?: string;
  reason: SyncReason;
}

/** The argument of messageEdited. */
export interface MessageEditedEvent {
  conversationId: string;
  message: Message;
}

/** The argument of messageDeleted. */
export interface MessageDeletedEvent {
  conversationId: string;
  messageId: string;
  seq: number;
  version: number;
  deletedAt: string;
  deletedBy: string;
}

/** The argument of messageReactions. */
export interface MessageReactionsEvent {
  conversationId: string;
  messageId: string;
  version: number;
  reactions: Reactions;
  change: { userId: string; key: string; op: "add" | "remove" };
}

/** The argument of messagesDelivered. */
export type MessagesDeliveredEvent = Receipt;

/** The argument of messagesRead. */
export type MessagesReadEvent = Receipt;

/** The argument of unreadChanged. */
export interface UnreadChangedEvent {
  conversationId: string;
  unread: number;
  readSeq: number;
  latestSeq: number;
}

/** The argument of userTyping. */
export interface UserTypingEvent {
  conversationId: string;
  userId: string;
  /** After this time without news the user has stopped. */
  expiresInMs: number;
}

/** The argument of userStoppedTyping. */
export interface UserStoppedTypingEvent {
  conversationId: string;
  userId: string;
}

/** The argument of userViewing. */
export interface UserViewingEvent {
  conversationId: string;
  userId: string;
}

/** The argument of userStoppedViewing. */
export interface UserStoppedViewingEvent {
  conversationId: string;
  userId: string;
}

/** The argument of userJoined. */
export interface UserJoinedEvent {
  conversationId: string;
  userId: string;
  /** The users in the room now. */
  online: number;
}

/** The argument of userLeft. */
export interface UserLeftEvent {
  conversationId: string;
  userId: string;
  /** The users in the room now. */
  online: number;
}

/** The argument of presenceChanged. */
export type PresenceChangedEvent = Presence;

/** The argument of conversationUpdated. */
export interface ConversationUpdatedEvent {
  conversationId: string;
  /** Who did it; absent for the host. */
  by?: string;
  conversation: Conversation;
}

/** The argument of memberAdded. */
export interface MemberAddedEvent {
  conversationId: string;
  userId: string;
  /** Who did it; absent for the host. */
  by?: string;
  conversation: Conversation;
}

/** The argument of memberRemoved. */
export interface MemberRemovedEvent {
  conversationId: string;
  userId: string;
  /** Who did it; absent for the host. */
  by?: string;
}

/** The argument of messageError. */
export interface MessageErrorEvent {
  /** A short English text that a user may see. */
  error: string;
  code: ErrorCode;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  retryAfterMs?: number;
  /** Which field is at fault. */
  field?: string;
  conversationId?: string;
  clientMessageId?: string;
  messageId?: string;
}

/** The argument of chatError. */
export interface ChatErrorEvent {
  /** What was asked. */
  event: string;
  /** A short English text that a user may see. */
  error: string;
  code: ErrorCode;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  retryAfterMs?: number;
  /** Which field is at fault. */
  field?: string;
  conversationId?: string;
  clientMessageId?: string;
}
