package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What the host supplies for calls. Immutable.
 *
 * <pre>{@code
 * CallOptions.of(IceServers.turn(secret, Duration.ofHours(1), List.of("turn:turn.example.com:3478")))
 * }</pre>
 *
 * @param iceServers the servers by which devices find a path to each other
 * @param policy whose devices ring
 * @param sfu the media server, or null for none
 */
public record CallOptions(
        IceServers iceServers, CallPolicy policy, @Nullable SfuConnector sfu) {
    /** Rejects null for required components. */
    public CallOptions {
        requireNonNull(iceServers, "iceServers");
        requireNonNull(policy, "policy");
    }

    /** Returns options for calls in which devices connect to each other. */
    public static CallOptions of(IceServers iceServers) {
        return new CallOptions(iceServers, CallPolicy.everyone(), null);
    }

    /** Returns a copy with a policy. */
    public CallOptions withPolicy(CallPolicy policy) {
        return new CallOptions(iceServers, policy, sfu);
    }

    /** Returns a copy with a media server. */
    public CallOptions withSfu(SfuConnector connector) {
        return new CallOptions(iceServers, policy, requireNonNull(connector, "connector"));
    }
}
