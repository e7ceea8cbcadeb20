import { createHmac } from "node:crypto";

export const SECRET = "a secret of at least 32 bytes, for tests";

/** Returns a token of a user that ends after some seconds. */
export function tokenOf(sub, seconds = 3_600) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encode({ alg: "HS256" })}.${encode({ sub, exp: Math.floor(Date.now() / 1_000) + seconds })}`;
  return `${signed}.${createHmac("sha256", SECRET).update(signed).digest("base64url")}`;
}
