package io.roomcast.chat;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Principal;

/**
 * An event of a client for the host's {@link EventHandler}. Immutable.
 *
 * @param chat the chat, which the handler may use
 * @param name the name of the event
 * @param principal the identity that the authenticator found
 * @param sessionId the id of the client's session; over HTTP, an id that the requests of one network address share
 * @param payload a JSON value as text; {@code null} if the client sent none
 */
public record EventRequest(ChatService chat, String name, Principal principal, String sessionId, String payload) {
    /** Rejects null. */
    public EventRequest {
        requireNonNull(chat, "chat");
        requireNonNull(name, "name");
        requireNonNull(principal, "principal");
        requireNonNull(sessionId, "sessionId");
        requireNonNull(payload, "payload");
    }

    /** Returns the name and the session, without the payload, so that a host may log it. */
    @Override
    public String toString() {
        return "EventRequest[name=" + name + ", sessionId=" + sessionId + "]";
    }
}
