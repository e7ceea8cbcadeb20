package io.roomcast.chat.socketio.internal.netty;

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
 * Locates a part of Netty that the server requires.
 *
 * @param artifacts the Maven artifacts of the part, which differ between minor versions
 * @param type loads a class of the part; throws {@link NoClassDefFoundError} if the part is missing
 */
record NettyProbe(List<String> artifacts, Supplier<Class<?>> type) {
    static final NettyProbe COMMON = new NettyProbe(List.of("netty-common"), () -> Version.class);
    static final NettyProbe UNIX_COMMON =
            new NettyProbe(List.of("netty-transport-native-unix-common"), () -> UnixChannel.class);
    static final NettyProbe EPOLL = new NettyProbe(List.of("netty-transport-classes-epoll"), () -> Epoll.class);

    static final List<NettyProbe> ALL = List.of(
            COMMON,
            new NettyProbe(List.of("netty-buffer"), () -> ByteBuf.class),
            new NettyProbe(List.of("netty-resolver"), () -> AddressResolver.class),
            new NettyProbe(List.of("netty-transport"), () -> Channel.class),
            new NettyProbe(List.of("netty-handler"), () -> SslContext.class),
            new NettyProbe(List.of("netty-codec-base", "netty-codec"), () -> ByteToMessageDecoder.class),
            new NettyProbe(List.of("netty-codec-http"), () -> HttpServerCodec.class),
            UNIX_COMMON,
            EPOLL);

    boolean isMissing() {
        try {
            return type.get() == null;
        } catch (NoClassDefFoundError missing) {
            return true;
        }
    }

    /** Returns the part on the class path; empty if its jar contains no version, as a shaded jar. */
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
