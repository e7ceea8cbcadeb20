const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const dayName = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

export const clockOf = (time) => formatted(timeOfDay, time);

export const dateOf = (time) => formatted(dayName, time);

/** Nothing, for what is no time. */
function formatted(format, time) {
  const date = new Date(time ?? NaN);
  return Number.isNaN(date.getTime()) ? "" : format.format(date);
}

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
export const briefly = (time) => (dateOf(time) === dateOf(Date.now()) ? clockOf(time) : formatted(shortDay, time));
