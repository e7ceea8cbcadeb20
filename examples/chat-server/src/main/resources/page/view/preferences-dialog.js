import { byId, listen } from "./dom.js";
import { showNotifications } from "./notifications.js";
import { showPrivacy } from "./privacy.js";

/** Shows what the user prefers in all conversations. */
export function showPreferences(session) {
  const dialog = byId("preferences-dialog");
  const privacy = showPrivacy(session, say);

  function say(text) {
    byId("preferences-error").textContent = text;
  }

  function open() {
    say("");
    privacy.load();
    dialog.showModal();
  }

  const showButton = () => (byId("preferences").hidden = !session.isKnown());
  const ends = [
    session.chat.subscribe(showButton),
    listen(byId("preferences"), "click", open),
    listen(dialog.querySelector(".cancel"), "click", () => dialog.close()),
    privacy.close,
    showNotifications(session, say),
    () => dialog.close(),
  ];
  showButton();
  return () => ends.forEach((end) => end());
}
