import { isLine, lineOf } from "../model/file-facts.js";
import { announce, forgetAnnounced } from "./announcer.js";

const MAX_ANNOUNCED = 3;
const MAX_LENGTH = 300;

/** Announces new messages of other users to screen readers, but not the history, and only a count if there are many. */
export function speakMessages(room) {
  let announced = null;

  function announceNew() {
    const { status, hasNewer } = room.state();
    if (status !== "ready" || hasNewer) return;
    const messages = room.stored();
    const added = announced === null ? [] : messages.filter(isNew);
    announced = Math.max(announced ?? 0, messages.at(-1)?.seq ?? 0);
    if (added.length > MAX_ANNOUNCED) announce(`${added.length} new messages`);
    else added.forEach((message) => announce(textOf(message, room)));
  }

  const isNew = ({ seq, senderId, deletedAt }) => seq > announced && senderId !== room.user && !deletedAt;

  const end = room.on("state", announceNew);
  return () => {
    end();
    forgetAnnounced();
  };
}

function textOf(message, { nameOf }) {
  const words = lineOf(message).slice(0, MAX_LENGTH);
  return isLine(message) ? words : `${nameOf(message.senderId)}: ${words}`;
}
