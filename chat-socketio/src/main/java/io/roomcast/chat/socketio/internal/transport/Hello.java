package io.roomcast.chat.socketio.internal.transport;

import org.jspecify.annotations.Nullable;

/**
 * What a client said when it came.
 *
 * @param version the protocol it speaks
 * @param token the proof of who it is, where the protocol has no other place for it; null if it brought none
 * @param client its network address, as {@link Addresses#client} has it
 * @param address its address for the log, as {@link Addresses#address} has it
 */
public record Hello(EngineVersion version, @Nullable String token, String client, String address) {}
