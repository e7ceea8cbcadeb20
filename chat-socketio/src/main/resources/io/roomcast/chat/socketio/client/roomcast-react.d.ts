// The hooks of Roomcast for React 18 and 19.

import type { ReactElement, ReactNode } from "react";
import type { Chat, ChatSnapshot, Details, Inbox, InboxSnapshot, Room, RoomSnapshot, UserProfile } from "./roomcast";

export interface ChatProviderProps {
  /**
   * Returns a chat, as the function connect of roomcast.js does. Called once the provider has mounted, so never on a
   * server. The provider closes the chat when it unmounts. For another user, give the provider another key.
   */
  connect?: () => Chat;
  /** A chat that you close yourself, instead of connect. */
  chat?: Chat;
  children?: ReactNode;
}

/** Gives a chat to the hooks of the components in it. */
export function ChatProvider(props: ChatProviderProps): ReactElement;

/** Returns the chat, or null on a server and until the provider has mounted. Does not render again when its state changes. */
export function useChat(): Chat | null;

/** Returns the state of the connection, and the function that connects again after refused or ended. */
export function useConnection(): ChatSnapshot & Pick<Chat, "reconnect">;

/** What useRoom returns: the state of a room and its actions. */
export type RoomState = RoomSnapshot & Omit<Room, "subscribe" | "getSnapshot" | "typing" | "stopTyping">;

/**
 * Returns the state of a room and its actions. The client is in the room while a component uses this hook. Without an
 * id it returns an empty room. Until the provider has mounted, each action fails with the code unavailable.
 */
export function useRoom(conversationId: string | null | undefined): RoomState;

export interface Typing {
  /** The ids of the other users who are typing. */
  users: readonly string[];
  /** Call this with each key that the user types. */
  typed(): void;
  /** Call this when the user has stopped typing without sending. */
  stop(): void;
}

/** Returns who types in a room. Renders again only if this changes. */
export function useTyping(conversationId: string | null | undefined): Typing;

/** Returns the conversation and its members, without rendering again when messages arrive. */
export function useDetails(conversationId: string | null | undefined): Details;

/** Returns the conversations of the user. They are loaded while a component uses this hook. */
export function useInbox(): InboxSnapshot & Pick<Inbox, "loadMore" | "find" | "setFilter">;

/** Requests the names of users, and returns all that are known, by their ids. */
export function useUsers(userIds: readonly string[]): Readonly<Record<string, UserProfile>>;

/** Returns the address of a file of a message, with a new link if its link has ended. Requires the option files of connect. */
export function useFileUrl(fileUrl: string): string;
