/** Sends a message without the socket. The answer is what the socket's would be, or null where the server is away. */
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

/** Beside the page, which may be below a path of a proxy's. */
const addressOf = (conversationId) =>
  new URL(`api/conversations/${encodeURIComponent(conversationId)}/messages`, document.baseURI);
