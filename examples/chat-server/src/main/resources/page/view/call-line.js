import { outcomeOf } from "../model/call-words.js";
import { clockOf } from "./time.js";

/** Shows a call of the history: what became of it, when, and a button that calls again. */
export function fillCallLine(line, message, { user, onCall }) {
  const find = (selector) => line.querySelector(selector);
  const { words, isOwn, isMissed, media } = outcomeOf(message, user);
  line.hidden = false;
  line.dataset.missed = isMissed;
  if (find(".call-outcome").textContent !== words) find(".call-outcome").textContent = words;
  find(".call-when").textContent = clockOf(message.createdAt);
  const again = find(".call-back");
  again.hidden = !onCall;
  again.textContent = isOwn ? "Call again" : "Call back";
  again.onclick = () => onCall?.(media ?? "audio");
}
