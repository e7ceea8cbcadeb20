/** A world with its own time and its own chance: the same seed gives the same course. */
export class World {
  now = 1_000_000;
  #queue = [];
  #order = 0;
  #state;

  constructor(seed) {
    this.#state = (seed * 2654435761 + 1) >>> 0;
  }

  /** A number from 0 to below 1. */
  random() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  upTo(most) {
    return Math.floor(this.random() * (most + 1));
  }

  chance(probability) {
    return this.random() < probability;
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  /** Does the work later. Returns an entry for cancel. */
  after(delay, work) {
    const entry = { at: this.now + Math.max(0, delay), order: this.#order++, work };
    let place = this.#queue.length;
    while (place > 0 && isLater(this.#queue[place - 1], entry) === false) place--;
    this.#queue.splice(place, 0, entry);
    return entry;
  }

  cancel(entry) {
    if (entry) entry.work = null;
  }

  /** Lets everything happen that is due until then. */
  async run(until) {
    while (this.#queue.length > 0 && this.#queue.at(-1).at <= until) {
      const { at, work } = this.#queue.pop();
      this.now = at;
      if (!work) continue;
      work();
      await settled();
    }
    this.now = until;
  }

  /** How many timers and packets are still due. */
  get pending() {
    return this.#queue.filter(({ work }) => work).length;
  }
}

const isLater = (a, b) => a.at > b.at || (a.at === b.at && a.order > b.order);

/** Waits until every promise that can settle has done so. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
