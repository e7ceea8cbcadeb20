import { tokenOf } from "../net/token.js";

/**
 * Keeps the user signed in: before a token ends, a demonstration gets a new one by itself, and anybody else is asked.
 */
export function createSignIn({ account, connection, events }) {
  /** Answers what was wrong with the token, or nothing. */
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
