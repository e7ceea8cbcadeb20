package io.roomcast.chat.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The servers that one participant of a call may use. Immutable.
 *
 * @param servers the servers, the preferred one first; may be empty
 * @param expiresAt when the credentials expire, or null for never
 */
public record IceGrant(List<IceServer> servers, @Nullable Instant expiresAt) {
    /** A grant without servers: devices find each other only within one network. */
    public static final IceGrant NONE = new IceGrant(List.of(), null);

    /** Copies the servers. */
    public IceGrant {
        servers = Checks.list(servers, "servers");
    }
}
