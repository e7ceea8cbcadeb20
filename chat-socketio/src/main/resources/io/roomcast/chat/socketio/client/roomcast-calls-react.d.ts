// The hook of Roomcast for calls, for React 18 and 19.

import type { ReactElement, VideoHTMLAttributes } from "react";
import type { Chat } from "./roomcast";
import type { Calls, CallsSnapshot } from "./roomcast-calls";

/**
 * Returns the calls of this page, and the functions that change them: useCalls(createCalls), or
 * useCalls((chat) => createCalls(chat, options)). Any number of components may use it. A call continues when they unmount,
 * until its chat is closed.
 */
export function useCalls(create: (chat: Chat) => Calls): CallsSnapshot & Omit<Calls, "subscribe" | "getSnapshot" | "close">;

export interface CallVideoProps extends VideoHTMLAttributes<HTMLVideoElement> {
  stream?: MediaStream;
  /** The id of a speaker, where the browser can choose one. */
  speaker?: string;
}

/** A video element that plays a stream of a call. Pass muted for the user's own. */
export function CallVideo(props: CallVideoProps): ReactElement;
