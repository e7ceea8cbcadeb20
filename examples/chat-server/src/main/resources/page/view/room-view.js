import { byId, listen } from "./dom.js";
import { showComposer } from "./composer.js";
import { showRoomCalls } from "./room-calls.js";
import { showMessages } from "./message-list.js";
import { showPeopleDialog } from "./people-dialog.js";
import { showRoomHeader } from "./room-header.js";
import { showSending } from "./sending-line.js";
import { speakMessages } from "./spoken-messages.js";
import { showSettings } from "./settings.js";
import { showTyping } from "./typing-line.js";

/** Shows the open conversation beside the list; on phones, only one of them. */
export function showRoom(session) {
  let closeRoom = null;

  function show(room) {
    const wasOpen = Boolean(closeRoom);
    closeRoom?.();
    closeRoom = null;
    byId("chat").dataset.view = room ? "conversation" : "list";
    byId("conversation").hidden = !room;
    byId("nothing").hidden = Boolean(room);
    if (!room) return wasOpen && byId("conversations").querySelector(".entry")?.focus();
    const composer = showComposer(room, session);
    const ends = [
      composer.close,
      showMessages(session, room, composer),
      speakMessages(room),
      showSending(room),
      showTyping(room),
      showRoomHeader(session, room),
      showRoomCalls(session, room),
      showPeopleDialog(session, room),
      showSettings(room),
    ];
    closeRoom = () => ends.forEach((end) => end());
  }

  function back() {
    const id = session.room()?.id;
    session.open(null);
    byId("conversations").querySelector(`[data-id="${CSS.escape(id ?? "")}"] .entry`)?.focus();
  }

  const ends = [session.on("opened", show), listen(byId("back"), "click", back)];
  return () => {
    ends.forEach((end) => end());
    closeRoom?.();
  };
}
