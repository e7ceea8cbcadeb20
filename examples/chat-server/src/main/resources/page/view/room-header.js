import { byId, element } from "./dom.js";
import { paintAvatar } from "./avatar.js";
import { listOf, partnerOf, presenceText, titleOf } from "./names.js";

const MOST_VIEWERS = 4;

/** What the conversation is called, and who is there. */
export function showRoomHeader(session, room) {
  function show() {
    const conversation = room.conversation();
    byId("room-title").textContent = titleOf(conversation, session.user);
    byId("room-about").textContent = aboutOf(conversation);
    showViewers(room.audience.viewers());
  }

  function aboutOf(conversation) {
    const partner = partnerOf(conversation, session.user);
    if (partner) return presenceText(session.presence.of(partner));
    const online = room.audience.online();
    const members = conversation.members?.length;
    return [members ? `${members} members` : "", online ? `${online} here` : ""].filter(Boolean).join(", ");
  }

  const ends = [
    session.on("directory", show),
    session.on("presence", show),
    room.on("audience", show),
  ];
  show();
  return () => {
    ends.forEach((end) => end());
    showViewers([]);
  };
}

function showViewers(names) {
  const place = byId("viewers");
  place.hidden = names.length === 0;
  place.ariaLabel = names.length ? `Looking now: ${listOf(names)}` : "";
  place.title = place.ariaLabel;
  place.replaceChildren(
    ...names.slice(0, MOST_VIEWERS).map((name) => {
      const avatar = element("span", "avatar tiny");
      paintAvatar(avatar, name);
      return avatar;
    }),
  );
}
