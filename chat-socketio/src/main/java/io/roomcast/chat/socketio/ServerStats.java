package io.roomcast.chat.socketio;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.ChatStats;

/**
 * What a server has to do at one moment, and has done since it was built. Immutable.
 *
 * <p>The numbers are read one after the other while the server goes on, so they need not fit each other exactly.
 *
 * @param polling the connections over long-polling, let in or not
 * @param webSockets the connections over WebSocket, let in or not
 * @param events the events of clients that were answered, over sockets and HTTP
 * @param refused those of them that were refused
 * @param refusedRequests the HTTP requests that were refused before anything looked at what they ask, such as those of
 *     origins that are not allowed
 * @param slowClients how often a client was told that it missed something, as it was too slow
 * @param slowClientsClosed the connections that were cut off as their clients were too slow even so
 * @param chat what the chat behind them has to do
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
