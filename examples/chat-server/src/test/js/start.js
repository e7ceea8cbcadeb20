/**
 * Waits until all have started: servers of startServer and browsers of launchBrowser. Returns them in their order. If one
 * does not start, ends the others, as a browser that is left would keep the process of the test from ending.
 */
export async function allStarted(...starting) {
  const outcomes = await Promise.allSettled(starting);
  const failure = outcomes.find(({ status }) => status === "rejected");
  const started = outcomes.filter(({ status }) => status === "fulfilled").map(({ value }) => value);
  if (failure === undefined) return started;
  await Promise.all(started.map((one) => (one.kill ?? one.close).call(one)));
  throw failure.reason;
}
