const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const dayName = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const DAY = 86_400_000;

export const clockOf = (time) => timeOfDay.format(new Date(time));

export const dateOf = (time) => dayName.format(new Date(time));

/** Today and yesterday have names of their own. */
export function dayOf(time) {
  const date = dateOf(time);
  if (date === dateOf(Date.now())) return "Today";
  return date === dateOf(Date.now() - DAY) ? "Yesterday" : date;
}

/** The time of day if it is today, else the day. */
export const briefly = (time) => (dateOf(time) === dateOf(Date.now()) ? clockOf(time) : shortDay.format(new Date(time)));
