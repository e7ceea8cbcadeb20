/** Sends a message over HTTP. Returns the same answer as the socket, or null if the server cannot be reached. */
export async function postMessage({ conversationId, clientMessageId, ...message }, token) {
  try {
    const response = await fetch(addressOf(conversationId), {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Idempotency-Key": clientMessageId,
        Authorization: `Bearer ${token}`,
      },
      body: JSON.stringify(message),
    });
    return await response.json();
  } catch {
    return null;
  }
}

/** Returns the URL relative to the page, which may be below a path of a proxy. */
const addressOf = (conversationId) =>
  new URL(`api/conversations/${encodeURIComponent(conversationId)}/messages`, document.baseURI);
