package io.roomcast.chat.socketio.internal.settings;

import io.roomcast.chat.model.Limit;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.socketio.internal.channel.AddressRange;
import io.roomcast.chat.socketio.internal.engine.EngineSettings;
import io.roomcast.chat.socketio.internal.engine.EngineVersion;
import io.roomcast.chat.socketio.internal.http.HttpRoute;
import io.roomcast.chat.socketio.internal.http.Origins;
import io.roomcast.chat.socketio.internal.tls.ServerTls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checked settings of a server, with the host's ports as names only. Immutable.
 *
 * @param port the port to listen on; 0 for a free one
 * @param host the address to listen on; null for the default
 * @param origins the origins of web pages that may connect
 * @param hosts the host names that the server answers to; see {@link Origins}
 * @param nodeName the name of this server among others with the same store; null for none
 * @param path the path of the Socket.IO endpoint, with slashes at both ends
 * @param limits the limits of clients
 * @param authenticated whether an authenticator verifies clients
 * @param openAccess whether the server may listen beyond loopback without that
 * @param trustedProxies the proxies whose {@code X-Forwarded-For} is used
 * @param legacyClients whether clients of Engine.IO protocol 3 are accepted
 * @param connectionStateRecovery whether sessions of clients that reconnect are restored
 * @param refusesSurplusSessions whether a session beyond a user's limit is refused
 * @param unsignedFileLinks whether the links of uploaded files have no signature
 * @param tls the TLS to serve with; empty without TLS
 * @param page the route of the host's page; empty without a page
 * @param ports the names of the host's implementations
 */
public record ServerConfiguration(
        int port,
        @Nullable String host,
        Set<String> origins,
        Set<String> hosts,
        @Nullable String nodeName,
        String path,
        Limits limits,
        boolean authenticated,
        boolean openAccess,
        List<AddressRange> trustedProxies,
        boolean legacyClients,
        boolean connectionStateRecovery,
        boolean refusesSurplusSessions,
        boolean unsignedFileLinks,
        Optional<ServerTls> tls,
        Optional<HttpRoute> page,
        PortNames ports) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String ALL_ADDRESSES = "0.0.0.0";

    /** Returns the address to listen on. */
    public String address() {
        if (host != null) {
            return host;
        }
        return authenticated || openAccess ? ALL_ADDRESSES : LOOPBACK;
    }

    /** Returns whether the address is reachable from this machine only. Resolves a host name; may block. */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(address()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** Returns whether clients are verified, unless the address is loopback or the host permits open access. */
    boolean isSafe() {
        return authenticated || openAccess || isLoopback();
    }

    /** Returns the origins and host names that requests may have. */
    public Origins allowed() {
        return new Origins(origins, answersToThisMachineOnly(), hosts);
    }

    private boolean answersToThisMachineOnly() {
        return !authenticated && !openAccess;
    }

    /** Returns the beginning of each session's {@code sid}: the server's name and a dot, or nothing without a name. */
    public String sidPrefix() {
        return nodeName == null ? "" : nodeName + ".";
    }

    /** Returns the settings of Engine.IO. */
    public EngineSettings engine() {
        Set<EngineVersion> versions =
                legacyClients ? Set.of(EngineVersion.V3, EngineVersion.V4) : Set.of(EngineVersion.V4);
        return EngineSettings.withBounds(
                limits.frameBytes(),
                HandshakeSize.bytes(limits),
                limits.pendingBytes(),
                limits.packetsPerSecond(),
                versions);
    }

    /** Returns a sentence for each protection that is off. */
    public List<String> openings() {
        List<String> openings = new ArrayList<>();
        if (!authenticated) {
            openings.add("no authenticator verifies clients: every client that reaches " + address()
                    + " chooses its own user id");
        }
        if (ports.rateLimiter().equals("none")) {
            openings.add("no rate limiter: the number of a user's commands is not limited");
        }
        return openings;
    }

    /** Returns the configuration in one line, without passwords, keys and tokens. */
    @Override
    public String toString() {
        return "address=" + address() + ":" + port
                + ", path=" + path
                + ", tls=" + tls.map(ServerTls::source).orElse("off")
                + (nodeName == null ? "" : ", nodeName=" + nodeName)
                + ", store=" + ports.store()
                + ", attachments=" + ports.attachments()
                + ", cluster=" + ports.cluster()
                + ", authenticator=" + ports.authenticator()
                + ", accessPolicy=" + ports.accessPolicy()
                + ", rateLimiter=" + ports.rateLimiter()
                + ", allowedOrigins=" + new TreeSet<>(origins)
                + ", allowedHosts=" + hostNames()
                + ", trustedProxies=" + trustedProxies
                + ", options=" + options()
                + ", limits=" + changedLimits();
    }

    private String hostNames() {
        if (hosts.isEmpty()) {
            return answersToThisMachineOnly() ? "names of this machine" : "all";
        }
        return "names of this machine and " + new TreeSet<>(hosts);
    }

    private List<String> options() {
        List<String> options = new ArrayList<>();
        if (openAccess) {
            options.add("openAccess");
        }
        if (legacyClients) {
            options.add("legacyClients");
        }
        if (connectionStateRecovery) {
            options.add("connectionStateRecovery");
        }
        if (refusesSurplusSessions) {
            options.add("refuseSurplusSessions");
        }
        if (unsignedFileLinks) {
            options.add("unsignedFileLinks");
        }
        return options;
    }

    /** Returns the limits that differ from the defaults. */
    private String changedLimits() {
        String changed = Stream.of(Limit.values())
                .filter(limit -> !value(limits, limit).equals(value(Limits.defaults(), limit)))
                .map(limit -> limit.settingName() + "=" + value(limits, limit))
                .collect(Collectors.joining(", "));
        return changed.isEmpty() ? "defaults" : "defaults but " + changed;
    }

    private static Object value(Limits limits, Limit limit) {
        return limit.isTime() ? limits.time(limit) : limits.number(limit);
    }
}
