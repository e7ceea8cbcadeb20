/**
 * Plays schedules, by default the given number, and names the seed of one that fails. The arguments of the program are how
 * many, and the first seed.
 */
export async function playSeeds(play, most) {
  const [count = most, first = 1] = process.argv.slice(2).map(Number);
  for (let seed = first; seed < first + count; seed++) {
    try {
      await play(seed);
    } catch (error) {
      console.error(`seed ${seed}`);
      throw error;
    }
  }
  console.log(JSON.stringify({ client: "course", event: "finished" }));
}
