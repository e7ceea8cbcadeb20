const DEMO_TOKEN_SECONDS = 15 * 60;

/**
 * Returns the token of an account: the one that the user entered, or an unsigned one, which only demo servers accept.
 */
export function tokenOf({ name, token }) {
  return token ?? demoToken(name);
}

/** Returns an unsigned token with the user and an expiry. */
function demoToken(name) {
  const end = Math.floor(Date.now() / 1_000) + DEMO_TOKEN_SECONDS;
  return `${encoded({ alg: "none", typ: "JWT" })}.${encoded({ sub: name, exp: end })}.`;
}

function encoded(value) {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
