const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const dayName = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

export const clockOf = (time) => formatted(timeOfDay, time);

export const dateOf = (time) => formatted(dayName, time);

/** Returns an empty text for an invalid time. */
function formatted(format, time) {
  const date = new Date(time ?? NaN);
  return Number.isNaN(date.getTime()) ? "" : format.format(date);
}

/** Returns the day as text, with names for today and yesterday. */
export function dayOf(time) {
  const date = dateOf(time);
  if (date === dateOf(Date.now())) return "Today";
  return date === dateOf(yesterday()) ? "Yesterday" : date;
}

/** Returns the start of yesterday. Does not subtract 24 hours, because days can be longer or shorter. */
function yesterday() {
  const today = new Date();
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
}

/** Returns the time of day for today, and the day otherwise. */
export const briefly = (time) => (dateOf(time) === dateOf(Date.now()) ? clockOf(time) : formatted(shortDay, time));
