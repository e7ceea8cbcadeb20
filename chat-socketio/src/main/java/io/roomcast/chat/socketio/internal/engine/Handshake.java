package io.roomcast.chat.socketio.internal.engine;

import io.roomcast.chat.socketio.internal.http.AddressLimiter;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of the request that opened a session.
 *
 * @param version the protocol version of the client
 * @param token the token of a version 3 client, which sends no CONNECT packet; null if absent or if the version is 4
 * @param client the id of the client, as {@link AddressLimiter#client} returns it
 * @param address the address for the log, as {@link AddressLimiter#address} returns it
 */
public record Handshake(EngineVersion version, @Nullable String token, String client, String address) {}
