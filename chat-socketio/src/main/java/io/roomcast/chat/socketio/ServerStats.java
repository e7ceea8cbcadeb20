package io.roomcast.chat.socketio;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatStats;

/**
 * The load of a server at one moment, and its totals since it was built. Immutable.
 *
 * <p>The numbers are read one after the other while the server runs, so they may not match exactly. Connections count
 * before and after authentication.
 *
 * @param polling the open long-polling connections
 * @param webSockets the open WebSocket connections
 * @param events the total of client events that were acknowledged, over sockets and HTTP
 * @param refused the total of those events that were acknowledged with an error
 * @param refusedRequests the total of HTTP requests that were rejected before they were routed, for example because
 *     their origin is not allowed
 * @param slowClients the total of times that a slow client lost events and received {@code syncRequired}
 * @param slowClientsClosed the total of connections that were closed because their clients stayed too slow
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
