import { ACTIVITIES, NO_ACTIVITY, nextEnd, withoutEnded } from "./activity.js";

/**
 * Keeps what others do in a room, and ends what is not renewed.
 *
 * @param {object} parts
 * @param {import("./environment.js").Environment} parts.environment
 * @param {() => void} parts.onEnd something has ended
 */
export function createRoomActivity({ environment, onEnd }) {
  let activity = NO_ACTIVITY;
  /** @type {unknown} */
  let timer = null;

  function end() {
    set(withoutEnded(activity, environment.now()));
    onEnd();
  }

  /** Returns whether the activity has changed. @param {import("./activity.js").Activity} next */
  function set(next) {
    if (next === activity) return false;
    activity = next;
    environment.clearTimer(timer);
    const until = nextEnd(activity);
    timer = until < Infinity ? environment.setTimer(end, until - environment.now()) : null;
    return true;
  }

  return {
    get: () => activity,
    set,
    /** Returns whether an event has changed the activity. @param {string} event @param {any} payload */
    receive: (event, payload) => event in ACTIVITIES && set(ACTIVITIES[event](activity, payload, environment.now())),
    close: () => environment.clearTimer(timer),
  };
}
