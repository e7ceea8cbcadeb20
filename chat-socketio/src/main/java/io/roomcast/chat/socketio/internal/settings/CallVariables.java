package io.roomcast.chat.socketio.internal.settings;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.spi.CallOptions;
import io.roomcast.chat.spi.CallPolicy;
import io.roomcast.chat.spi.IceServers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What calls need, by variables or by the host. For one thread. */
public final class CallVariables {
    private static final Logger log = LoggerFactory.getLogger(CallVariables.class);
    private static final Duration VALIDITY = Duration.ofHours(1);
    private static final Pattern STUN = Pattern.compile("stuns?:[^\\s,]{1,255}");
    private static final Pattern TURN = Pattern.compile("turns?:[^\\s,]{1,255}");

    @Nullable
    private CallOptions ofHost;

    private boolean isPermitted;
    private boolean isRelayOnly;
    private List<String> stunUrls = List.of();
    private List<String> turnUrls = List.of();

    @Nullable
    private String secret;

    /** Sets what the host supplies in code, in place of the variables. */
    public void ofHost(CallOptions calls) {
        ofHost = requireNonNull(calls, "calls");
    }

    void permitted(boolean value) {
        isPermitted = value;
    }

    void relayOnly(boolean value) {
        isRelayOnly = value;
    }

    void stun(String... urls) {
        stunUrls = List.of(urls);
    }

    void turn(String... urls) {
        turnUrls = List.of(urls);
    }

    void secret(String text) {
        secret = text;
    }

    /** Returns what calls need, or empty if they are not permitted. */
    Optional<CallOptions> check(ConfigurationErrors errors) {
        stunUrls.forEach(url ->
                errors.expect(STUN.matcher(url).matches(), "calls", url, "an address such as stun:stun.example.com"));
        turnUrls.forEach(url ->
                errors.expect(TURN.matcher(url).matches(), "calls", url, "an address such as turn:turn.example.com"));
        errors.expect(
                turnUrls.isEmpty() == (secret == null),
                "calls",
                turnUrls.isEmpty() ? "a secret without TURN servers" : "TURN servers without a secret",
                "CHAT_TURN_URLS and CHAT_TURN_SECRET, or neither");
        errors.expect(
                !isRelayOnly || !turnUrls.isEmpty(),
                "calls",
                "relays only, without TURN servers",
                "CHAT_TURN_URLS with CHAT_TURN_ONLY");
        if (ofHost != null) {
            return Optional.of(ofHost);
        }
        return isPermitted
                ? Optional.of(CallOptions.of(iceServers())
                        .withPolicy(isRelayOnly ? CallPolicy.relayOnly() : CallPolicy.everyone()))
                : Optional.empty();
    }

    private IceServers iceServers() {
        if (secret != null && !turnUrls.isEmpty()) {
            return IceServers.turn(secret, VALIDITY, turnUrls);
        }
        return stunUrls.isEmpty() ? IceServers.none() : IceServers.stun(stunUrls);
    }

    /** Logs a warning that names the variables that have no effect. */
    public void warnOfUnused() {
        List<String> unused = unused();
        if (unused.isEmpty()) {
            return;
        }
        if (ofHost != null) {
            log.warn("without effect, as the host supplies what calls need: {}", String.join(", ", unused));
        } else if (isPermitted) {
            log.warn("without effect beside CHAT_TURN_URLS: {}", String.join(", ", unused));
        } else {
            log.warn("without effect, as calls need CHAT_CALLS=true: {}", String.join(", ", unused));
        }
    }

    private List<String> unused() {
        boolean areUsed = ofHost == null && isPermitted;
        return Stream.of(
                        stunUrls.isEmpty() || (areUsed && turnUrls.isEmpty()) ? "" : "CHAT_STUN_URLS",
                        turnUrls.isEmpty() || areUsed ? "" : "CHAT_TURN_URLS",
                        secret == null || areUsed ? "" : "CHAT_TURN_SECRET",
                        !isRelayOnly || areUsed ? "" : "CHAT_TURN_ONLY")
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
