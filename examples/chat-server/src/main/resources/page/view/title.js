import { titleOf } from "./names.js";

/** The window's title says where the user is and how much is unread. */
export function showTitle(session) {
  function show() {
    const unread = session.directory.unread();
    const room = session.room();
    const place = room ? `${titleOf(room.conversation(), session.user)} · ` : "";
    document.title = `${unread ? `(${unread}) ` : ""}${place}Roomcast`;
  }

  const ends = [session.on("directory", show), session.on("opened", show)];
  return () => ends.forEach((end) => end());
}
