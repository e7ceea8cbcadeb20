import { tokenOf } from "../net/token.js";

/**
 * Renews the token before it expires: creates a new demo token, or asks the user for a new token.
 */
export function createSignIn({ account, connection, events }) {
  /** Sends a new token. Returns an error text, or null. */
  async function renew(token) {
    const answer = await connection.ask("refreshToken", { token });
    if (!answer) return "This needs a connection.";
    if (!answer.success) return answer.error;
    if (account.token) account.token = token;
    events.emit("renewed");
    return null;
  }

  connection.receive("tokenExpiring", ({ inMs }) => {
    if (account.token) events.emit("expiring", inMs);
    else renew(tokenOf(account));
  });

  return { renew };
}
