import { announce, forgetAnnounced } from "./announcer.js";

const MOST = 3;
const LONGEST = 300;

/** Says what others write while the conversation is open: not its history, and not each of many. */
export function speakMessages(room) {
  let heard = null;

  function hear(arrived) {
    if (!room.history.isLoaded()) return;
    const news = heard === null ? [] : arrived.filter(isNews);
    heard = Math.max(heard ?? 0, room.timeline.newestSeq());
    if (news.length > MOST) announce(`${news.length} new messages`);
    else news.forEach((message) => announce(wordsOf(message)));
  }

  const isNews = ({ seq, senderId, deletedAt }) => seq > heard && senderId !== room.user && !deletedAt;

  const end = room.on("messages", hear);
  return () => {
    end();
    forgetAnnounced();
  };
}

function wordsOf({ type, senderId, content, fileName }) {
  const words = String(content || fileName || "File").slice(0, LONGEST);
  return type === "system" ? words : `${senderId}: ${words}`;
}
