import { byId, listen } from "./dom.js";

/** Asks for a new token before the current one expires. */
export function showRenewal(session) {
  const form = byId("renewal");

  function ask() {
    form.hidden = !session.hasOwnToken();
  }

  function end() {
    form.hidden = true;
    byId("new-token").value = "";
    byId("renewal-error").textContent = "";
  }

  async function renew(event) {
    event.preventDefault();
    const answer = await session.renew(byId("new-token").value.trim());
    if (answer.success) end();
    else byId("renewal-error").textContent = answer.error;
  }

  const ends = [session.chat.on("tokenExpiring", ask), listen(form, "submit", renew)];
  return () => {
    ends.forEach((stop) => stop());
    end();
  };
}
