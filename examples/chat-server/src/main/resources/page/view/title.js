import { titleOf } from "./names.js";

/** Shows the open conversation, the number of unread messages and a call that rings in the window's title. */
export function showTitle(session) {
  function show() {
    const unread = session.directory.unread();
    const mark = session.directory.mentions() > 0 ? "@" : "";
    const room = session.room();
    const prefix = room ? `${titleOf(room.conversation(), session)} · ` : "";
    const ringing = session.calls.ringing();
    const call = ringing ? `${session.nameOf(ringing.from)} is calling · ` : "";
    const title = `${call}${unread ? `(${mark}${unread}) ` : ""}${prefix}Roomcast`;
    if (document.title !== title) document.title = title;
  }

  const ends = [session.on("directory", show), session.on("users", show), session.on("opened", show), session.calls.on("state", show)];
  return () => ends.forEach((end) => end());
}
