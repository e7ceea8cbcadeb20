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
 * Selects Netty's native transport for Linux if its library is on the class path.
 *
 * <p>A library of another version than the classes may load and then lack a function, so that connections fail one by
 * one. Netty itself does not check this.
 */
final class NativeTransport {
    private static final Logger log = LoggerFactory.getLogger(NativeTransport.class);
    private static final String LIBRARY = "netty-transport-native-epoll";
    private static final List<String> FILES = Stream.of("x86_64", "aarch_64", "riscv64")
            .map(machine -> "META-INF/native/libnetty_transport_native_epoll_" + machine + ".so")
            .toList();

    private NativeTransport() {}

    /** Returns whether to use the native transport; logs a warning if its library does not match. */
    static boolean isUsable() {
        Optional<NettyPart> classes = NettyProbe.EPOLL.part();
        Optional<NettyPart> other = classes.flatMap(NativeTransport::libraryUnlike);
        other.ifPresent(library -> log.warn(
                "{} does not fit {}: running on NIO. Bring both in one version", library, classes.orElseThrow()));
        return other.isEmpty() && Epoll.isAvailable();
    }

    private static Optional<NettyPart> libraryUnlike(NettyPart classes) {
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
