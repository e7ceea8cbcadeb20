import { byId, element } from "./dom.js";
import { paintAvatar } from "./avatar.js";
import { listOf, partnerOf, presenceText, titleOf } from "./names.js";

const MAX_VIEWERS = 4;

/** Shows the title of the conversation and who is in it. */
export function showRoomHeader(session, room) {
  function show() {
    const conversation = room.conversation();
    byId("room-title").textContent = titleOf(conversation, session);
    byId("room-about").textContent = aboutOf(conversation);
    showViewers(room.state().large ? [] : room.viewers().map(session.nameOf));
  }

  function aboutOf(conversation) {
    const partner = partnerOf(conversation, session.user);
    if (partner) return presenceText(session.presenceOf(partner));
    const { online } = room.state();
    const members = room.members()?.length;
    return [members ? `${members} ${members === 1 ? "member" : "members"}` : "", online ? `${online.toLocaleString("en")} here` : ""].filter(Boolean).join(", ");
  }

  const ends = [
    session.on("directory", show),
    session.on("presence", show),
    room.on("state", show),
  ];
  show();
  return () => {
    ends.forEach((end) => end());
    showViewers([]);
  };
}

function showViewers(names) {
  const container = byId("viewers");
  const label = names.length ? `Looking now: ${listOf(names)}` : "";
  if (container.title === label && names.length > 0) return;
  container.hidden = names.length === 0;
  container.ariaLabel = label;
  container.title = label;
  container.replaceChildren(
    ...names.slice(0, MAX_VIEWERS).map((name) => {
      const avatar = element("span", "avatar tiny");
      paintAvatar(avatar, name);
      return avatar;
    }),
  );
}
