package io.roomcast.chat.socketio;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatStats;

/**
 * The load of a server at one moment, and its totals since it was built. Immutable.
 *
 * <p>The numbers are read one after the other while the server runs, so they may not match exactly.
 *
 * @param polling the connections over long-polling, admitted or not
 * @param webSockets the connections over WebSocket, admitted or not
 * @param events the events of clients that were answered, over sockets and HTTP
 * @param refused those of them that were refused
 * @param refusedRequests the HTTP requests that were refused before they were routed, for example because their origin
 *     is
 *     not allowed
 * @param slowClients how often a client was too slow and received {@code syncRequired}
 * @param slowClientsClosed the connections that were closed because their clients stayed too slow
 * @param chat the load and the totals of the chat
 */
public record ServerStats(
        int polling,
        int webSockets,
        long events,
        long refused,
        long refusedRequests,
        long slowClients,
        long slowClientsClosed,
        ChatStats chat) {
    /** Checks that nothing required is null. */
    public ServerStats {
        requireNonNull(chat, "chat");
    }
}
