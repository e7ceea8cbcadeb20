import { byId, listen } from "./dom.js";

/** Asks for a new token before the current one expires. */
export function showRenewal(session) {
  const form = byId("renewal");

  function ask() {
    form.hidden = false;
  }

  function end() {
    form.hidden = true;
    byId("new-token").value = "";
    byId("renewal-error").textContent = "";
  }

  async function renew(event) {
    event.preventDefault();
    const mistake = await session.signIn.renew(byId("new-token").value.trim());
    byId("renewal-error").textContent = mistake ?? "";
  }

  const ends = [session.on("expiring", ask), session.on("renewed", end), listen(form, "submit", renew)];
  return () => {
    ends.forEach((stop) => stop());
    end();
  };
}
