package io.roomcast.chat.socketio.guard;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks tests that the build runs on Netty's NIO transport and again on its native one: those of connections, frames, slow
 * readers, limits, clients, and the end of a server. Tests of requests, replies and settings run once, because both
 * transports pass them the same bytes.
 */
@Tag("transport")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnEachTransport {}
