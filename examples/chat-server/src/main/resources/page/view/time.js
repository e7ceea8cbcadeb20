const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const dayName = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

export const clockOf = (time) => timeOfDay.format(new Date(time));

export const dateOf = (time) => dayName.format(new Date(time));

/** Today and yesterday have names of their own. */
export function dayOf(time) {
  const date = dateOf(time);
  if (date === dateOf(Date.now())) return "Today";
  return date === dateOf(yesterday()) ? "Yesterday" : date;
}

/** A day is not always 24 hours long. */
function yesterday() {
  const today = new Date();
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
}

/** The time of day if it is today, else the day. */
export const briefly = (time) => (dateOf(time) === dateOf(Date.now()) ? clockOf(time) : shortDay.format(new Date(time)));
