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

/**
 * Checks whether Netty's native transport for Linux can be used.
 *
 * <p>A native library of another version than its classes may load and then lack a function, so that connections fail at
 * run time. Netty does not check this.
 */
final class NativeTransport {
    private static final List<NettyProbe> CALLERS =
            List.of(NettyProbe.EPOLL, NettyProbe.UNIX_COMMON, NettyProbe.COMMON);
    private static final String LIBRARY = "netty-transport-native-epoll";
    private static final List<String> FILES = Stream.of("x86_64", "aarch_64", "riscv64")
            .map(machine -> "META-INF/native/libnetty_transport_native_epoll_" + machine + ".so")
            .toList();

    private NativeTransport() {}

    /** Returns whether the native transport can be used. */
    static boolean isUsable() {
        return warning().isEmpty() && Epoll.isAvailable();
    }

    /** Returns a warning if a native library has another version than the classes that call it. */
    static Optional<String> warning() {
        return FILES.stream()
                .flatMap(NativeTransport::libraries)
                .flatMap(library -> warning(library).stream())
                .findFirst();
    }

    private static Optional<String> warning(NettyPart library) {
        return CALLERS.stream()
                .flatMap(probe -> probe.part().stream())
                .filter(classes -> !classes.version().equals(library.version()))
                .findFirst()
                .map(classes -> "native transport disabled, using NIO: " + library + " does not match " + classes
                        + " (expected: the same version; set " + LIBRARY + " to " + classes.version()
                        + ", or remove it)");
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
