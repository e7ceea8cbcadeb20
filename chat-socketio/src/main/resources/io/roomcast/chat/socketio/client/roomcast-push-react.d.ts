// The hook of Roomcast for push notifications, for React 18 and 19.

import type { Chat } from "./roomcast";
import type { Push, PushSnapshot } from "./roomcast-push";

/**
 * Returns the push notifications of this browser, and the functions that change them. The function creates them, such as
 * (chat) => createPush(chat, { onOpen }); it is called once for each chat. Call enable while a press is handled.
 */
export function usePush(create: (chat: Chat) => Push): PushSnapshot & Pick<Push, "enable" | "disable" | "setQuiet">;
