package io.roomcast.chat.socketio.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.resolver.AddressResolver;
import io.netty.util.Version;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where to look for a part of Netty that the server needs.
 *
 * @param artifacts the part's names, as they changed from one line to the next
 * @param type a class of it, which may not be there
 */
record NettyProbe(List<String> artifacts, Supplier<Class<?>> type) {
    static final NettyProbe EPOLL = new NettyProbe(List.of("netty-transport-classes-epoll"), () -> Epoll.class);

    static final List<NettyProbe> ALL = List.of(
            new NettyProbe(List.of("netty-common"), () -> Version.class),
            new NettyProbe(List.of("netty-buffer"), () -> ByteBuf.class),
            new NettyProbe(List.of("netty-resolver"), () -> AddressResolver.class),
            new NettyProbe(List.of("netty-transport"), () -> Channel.class),
            new NettyProbe(List.of("netty-handler"), () -> SslContext.class),
            new NettyProbe(List.of("netty-codec-base", "netty-codec"), () -> ByteToMessageDecoder.class),
            new NettyProbe(List.of("netty-codec-http"), () -> HttpServerCodec.class),
            new NettyProbe(List.of("netty-transport-native-unix-common"), () -> UnixChannel.class),
            EPOLL);

    boolean isMissing() {
        try {
            return type.get() == null;
        } catch (NoClassDefFoundError missing) {
            return true;
        }
    }

    /** The part as it is there; empty if it names no version, as in a jar that was put together from others. */
    Optional<NettyPart> part() {
        Class<?> found = type.get();
        String file = found.getSimpleName() + ".class";
        String path = found.getPackageName().replace('.', '/') + "/" + file;
        return Optional.ofNullable(found.getResource(file)).flatMap(resource -> part(resource, path));
    }

    private Optional<NettyPart> part(URL resource, String path) {
        return artifacts.stream()
                .flatMap(artifact -> NettyPart.at(artifact, resource, path).stream())
                .findFirst();
    }
}
