// Push notifications in browsers, for the client of Roomcast.

import type { Answer, Chat, Failure, Observable } from "./roomcast";

export interface PushOptions {
  /**
   * The address of the service worker, of the same origin as the page. api/client/roomcast-worker.js below the page's folder
   * if absent.
   */
  worker?: string;
  /** The address that a notification opens, with {conversationId} in it. #{conversationId} at the page's folder if absent. */
  page?: string;
  /** Opens a conversation in this page, because the user has pressed its notification. Without it, another page is opened. */
  onOpen?(conversationId: string): void;
}

/** The hours of each day in which a device does not disturb. */
export interface QuietHours {
  /** Such as 22:00. */
  from: string;
  /** Such as 07:00. If it is not after the beginning, the hours last until the next day. */
  to: string;
  /** Such as Europe/Berlin. */
  timeZone: string;
}

export interface PushSnapshot {
  readonly status:
    /** The browser or the server does not support it. */
    | "unsupported"
    /** The user has forbidden notifications in the browser. */
    | "blocked"
    | "off"
    | "on";
  readonly quiet?: QuietHours;
  /** Why the device could not be registered. */
  readonly failure?: Failure;
}

export interface Push extends Observable<PushSnapshot> {
  /** Asks the user, and registers this browser. Call it while a press is handled, because browsers ask only then. */
  enable(quiet?: QuietHours): Promise<Answer<{ success: true }>>;
  /** Ends the notifications in this browser. Call it also before another user signs in. */
  disable(): Promise<Answer<{ success: true }>>;
  /** Changes the quiet hours of this browser; null ends them. */
  setQuiet(quiet: QuietHours | null): Promise<Answer<{ success: true }>>;
  /** Ends all listeners. Notifications continue. */
  close(): void;
}

/** Returns the push notifications of a user in this browser. */
export function createPush(chat: Chat, options?: PushOptions): Push;
