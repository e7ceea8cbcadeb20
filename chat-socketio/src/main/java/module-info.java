/** Roomcast for Socket.IO clients and HTTP, on a netty-socketio server. */
module io.roomcast.chat.socketio {
    requires transitive io.roomcast.chat.core;
    requires transitive io.netty.handler;
    requires java.net.http;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.resolver;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires netty.socketio;
    requires org.slf4j;
    requires static com.google.errorprone.annotations;
    requires static com.zerodeplibs.webpush;
    requires static micrometer.core;
    requires static org.jspecify;
    requires static redis.clients.jedis;

    exports io.roomcast.chat.socketio;
    exports io.roomcast.chat.socketio.metrics;
    exports io.roomcast.chat.socketio.push;
    exports io.roomcast.chat.socketio.redis;
    exports io.roomcast.chat.socketio.webhook;
}
