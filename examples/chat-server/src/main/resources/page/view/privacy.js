import { byId, listen } from "./dom.js";

/** Shows what other users may see of the user. Calls say with the reason if a change fails. */
export function showPrivacy(session, say) {
  const place = byId("privacy");
  const fields = [...place.querySelectorAll("input")];
  /** How many changes the server has not answered yet. Until then it may answer with an earlier state. */
  let changing = 0;

  /** Requests a change, or the present state without one. */
  async function ask(change) {
    changing++;
    const answer = await session.chat.request("setPrivacy", change);
    changing--;
    if (!answer.success) say(answer.error);
    else if (changing === 0) show(answer.privacy);
    return answer.success;
  }

  function show(privacy) {
    place.disabled = false;
    for (const field of fields) field.checked = privacy[field.value] !== false;
  }

  async function changed({ target }) {
    say("");
    const isChanged = await ask({ [target.value]: target.checked });
    if (!isChanged) target.checked = !target.checked;
  }

  const end = listen(place, "change", changed);
  return {
    load() {
      place.disabled = true;
      return ask({});
    },
    close: end,
  };
}
