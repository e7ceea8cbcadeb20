package io.roomcast.chat.socketio.internal.netty;

import static java.util.Objects.requireNonNullElseGet;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether Netty's native transport for Linux can be used.
 *
 * <p>A native library of another version than its classes may load and then lack a function, so that connections fail at
 * run time. Netty does not check this.
 */
final class NativeTransport {
    private static final Logger log = LoggerFactory.getLogger(NativeTransport.class);
    private static final String LIBRARY = "netty-transport-native-epoll";
    private static final List<String> FILES = Stream.of("x86_64", "aarch_64", "riscv64")
            .map(machine -> "META-INF/native/libnetty_transport_native_epoll_" + machine + ".so")
            .toList();

    private NativeTransport() {}

    /** Returns whether the native transport can be used. Logs a warning if its library has another version. */
    static boolean isUsable() {
        Optional<NettyPart> classes = NettyProbe.EPOLL.part();
        Optional<NettyPart> mismatch = classes.flatMap(NativeTransport::otherLibrary);
        mismatch.ifPresent(library -> log.warn(
                "native transport disabled, using NIO: {} does not match {} (expected: the same version)",
                library,
                classes.orElseThrow()));
        return mismatch.isEmpty() && Epoll.isAvailable();
    }

    private static Optional<NettyPart> otherLibrary(NettyPart classes) {
        return FILES.stream()
                .flatMap(NativeTransport::libraries)
                .filter(library -> !library.version().equals(classes.version()))
                .findFirst();
    }

    private static Stream<NettyPart> libraries(String file) {
        return resources(file).stream().flatMap(resource -> NettyPart.at(LIBRARY, resource, file).stream());
    }

    private static ClassLoader loader() {
        return requireNonNullElseGet(Epoll.class.getClassLoader(), ClassLoader::getSystemClassLoader);
    }

    private static List<URL> resources(String file) {
        try {
            return Collections.list(loader().getResources(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
