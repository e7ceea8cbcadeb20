package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.IceGrant;
import io.roomcast.chat.model.IceServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Supplies the STUN and TURN servers by which the devices of a call find a path to each other.
 *
 * <p>A host's own implementation may block for at most two seconds; it is called on threads of its own. If it throws, the
 * command is refused.
 */
@FunctionalInterface
public interface IceServers {
    /**
     * Returns the servers for one participant.
     *
     * @param call the call
     * @param participant the participant
     * @param now the time
     */
    IceGrant grant(Call call, CallPeer participant, Instant now);

    /** Returns whether {@link #grant} may block, so that it is called on threads of its own. The default is true. */
    default boolean mayBlock() {
        return true;
    }

    /** Returns no servers: the devices find each other only within one network. */
    static IceServers none() {
        return new FixedIceServers(IceGrant.NONE);
    }

    /**
     * Returns STUN servers, by which devices learn their public addresses. Through some routers they still cannot connect;
     * then only {@link #turn} helps.
     *
     * @param urls the addresses, such as {@code stun:stun.example.com:3478}
     */
    static IceServers stun(Collection<String> urls) {
        return new FixedIceServers(new IceGrant(List.of(new IceServer(Checks.list(urls, "urls"), null, null)), null));
    }

    /**
     * Returns TURN servers, which relay what devices cannot send directly. Each participant receives credentials of its own
     * that expire, as the option {@code use-auth-secret} of coturn expects them. They contain no id of a user.
     *
     * @param secret the secret that the servers share, {@code static-auth-secret} of coturn
     * @param validity how long credentials are valid, from one minute to one day. A relayed connection that lasts longer
     *     needs new ones
     * @param urls the addresses, such as {@code turn:turn.example.com:3478?transport=udp}
     * @throws IllegalArgumentException if the secret is empty, or the validity is out of range
     */
    static IceServers turn(String secret, Duration validity, Collection<String> urls) {
        return new TurnServers(
                requireNonNull(secret, "secret"), requireNonNull(validity, "validity"), Checks.list(urls, "urls"));
    }
}
