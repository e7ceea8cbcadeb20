package io.roomcast.chat.socketio.internal.engine;

import io.roomcast.chat.socketio.internal.http.AddressLimiter;
import org.jspecify.annotations.Nullable;

/**
 * What a client said when it came.
 *
 * @param version the protocol it speaks
 * @param token the proof of who it is, where the protocol has no other place for it; null if it brought none
 * @param client its network address, as {@link AddressLimiter#client} has it
 * @param address its address for the log, as {@link AddressLimiter#address} has it
 */
public record Handshake(EngineVersion version, @Nullable String token, String client, String address) {}
