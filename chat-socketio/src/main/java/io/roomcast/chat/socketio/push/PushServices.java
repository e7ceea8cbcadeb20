package io.roomcast.chat.socketio.push;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The push services that this server calls. Clients choose the URLs of their endpoints, so an endpoint of any other server
 * is refused: it could be one in a private network. Immutable.
 */
final class PushServices {
    private static final int HTTPS = 443;
    private static final int MAX_PORT = 65_535;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    /** A host, or all hosts below at least two labels, with an optional port. */
    private static final Pattern ENTRY = Pattern.compile(
            "(?<host>" + LABEL + "(\\." + LABEL + ")*|\\*(\\." + LABEL + "){2,})(:(?<port>[1-9][0-9]{0,4}))?");

    private static final List<Service> KNOWN = Stream.of(
                    "fcm.googleapis.com",
                    "updates.push.services.mozilla.com",
                    "*.push.apple.com",
                    "*.notify.windows.com")
            .map(host -> new Service(host, HTTPS))
            .toList();

    private final List<Service> services;

    /**
     * A host, or {@code *.} and a domain for all hosts below it.
     *
     * @param host in lower case
     */
    private record Service(String host, int port) {
        boolean matches(String other, int otherPort) {
            return port == otherPort
                    && (host.startsWith("*")
                            ? other.length() >= host.length() && other.endsWith(host.substring(1))
                            : other.equals(host));
        }
    }

    /**
     * An endpoint that may be called.
     *
     * @param uri where to send messages
     * @param origin the scheme and the host, and the port unless it is 443
     */
    record Endpoint(URI uri, String origin) {}

    private PushServices(List<Service> services) {
        this.services = services;
    }

    /** Returns the push services of the known browsers. */
    static PushServices known() {
        return new PushServices(KNOWN);
    }

    /**
     * Returns these and another service.
     *
     * @throws IllegalArgumentException if the entry is malformed
     */
    PushServices with(String entry) {
        Matcher parts = ENTRY.matcher(entry.toLowerCase(Locale.ROOT));
        int port = parts.matches() && parts.group("port") != null ? Integer.parseInt(parts.group("port")) : HTTPS;
        if (!parts.matches() || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "hosts: " + entry + " (expected: a host or *. and a domain, optionally with a port)");
        }
        Service added = new Service(parts.group("host"), port);
        return new PushServices(
                Stream.concat(services.stream(), Stream.of(added)).toList());
    }

    /** Returns the endpoint with a URL; empty unless it is one of these services. */
    Optional<Endpoint> find(String url) {
        try {
            return find(new URI(url));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private Optional<Endpoint> find(URI uri) {
        if (!"https".equalsIgnoreCase(uri.getScheme())
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null) {
            return Optional.empty();
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() == -1 ? HTTPS : uri.getPort();
        String origin = "https://" + host + (port == HTTPS ? "" : ":" + port);
        return services.stream().anyMatch(service -> service.matches(host, port))
                ? Optional.of(new Endpoint(uri, origin))
                : Optional.empty();
    }
}
