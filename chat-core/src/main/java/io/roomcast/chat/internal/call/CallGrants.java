package io.roomcast.chat.internal.call;

import io.roomcast.chat.command.CallEntry;
import io.roomcast.chat.internal.execution.HostCaller;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import io.roomcast.chat.model.IceGrant;
import io.roomcast.chat.model.SfuTicket;
import io.roomcast.chat.spi.CallOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls the host's ports of calls, and writes down what a participant needs. Safe for use by any thread; never blocks. */
final class CallGrants {
    /**
     * What the host grants one participant.
     *
     * @param relayOnly whether the device must use relays only
     * @param sfu the media server, or null
     */
    record Grant(IceGrant ice, boolean relayOnly, @Nullable SfuTicket sfu) {}

    private final CallOptions options;
    private final HostCaller port;
    private final Clock clock;

    CallGrants(CallOptions options, HostCaller port, Clock clock) {
        this.options = options;
        this.port = port;
        this.clock = clock;
    }

    /** Returns the maximum number of participants of a call. */
    int maxParticipants() {
        return options.sfu() == null ? FixedLimits.CALL_PARTICIPANTS : Call.MAX_USERS;
    }

    CompletionStage<Grant> grant(Call call, CallPeer peer) {
        boolean mayBlock = options.iceServers().mayBlock() || options.policy().mayBlock() || options.sfu() != null;
        return ask(mayBlock, call.conversationId(), () -> {
            Instant now = clock.instant();
            return new Grant(
                    required(options.iceServers().grant(call, peer, now)),
                    options.policy().isRelayOnly(call.conversationId()),
                    options.sfu() == null ? null : required(options.sfu().ticket(call, peer, now)));
        });
    }

    /** Refuses what the host must not return before the call is stored, as the device could not take part in it. */
    private static <T> T required(@Nullable T granted) {
        if (granted == null) {
            throw ChatException.of(ErrorCode.INTERNAL_ERROR, new NullPointerException("no grant"));
        }
        return granted;
    }

    CompletionStage<IceGrant> ice(Call call, CallPeer peer) {
        return ask(
                options.iceServers().mayBlock(),
                call.conversationId(),
                () -> required(options.iceServers().grant(call, peer, clock.instant())));
    }

    CompletionStage<List<String>> ring(String conversationId, String from, CallMedia media, List<String> userIds) {
        return ask(
                options.policy().mayBlock(),
                conversationId,
                () -> options.policy().ring(conversationId, from, media, userIds).stream()
                        .filter(userIds::contains)
                        .distinct()
                        .toList());
    }

    private <T> CompletionStage<T> ask(boolean mayBlock, String key, Supplier<T> question) {
        return mayBlock ? port.call(key, question::get) : CompletableFuture.completedFuture(question.get());
    }

    CallEntry entry(Call call, CallPeer self, String key, Grant grant) {
        Duration left = Duration.between(clock.instant(), call.startedAt().plus(CallState.RING));
        boolean rings = call.activeAt() == null || !call.ringing().isEmpty();
        return new CallEntry(
                call.callId(),
                call.conversationId(),
                call.media(),
                call.activeAt() != null,
                rings && !left.isNegative() ? left : null,
                self.participantId(),
                self.index(),
                key,
                call.peers().stream()
                        .filter(peer -> !peer.participantId().equals(self.participantId()))
                        .toList(),
                grant.ice(),
                grant.relayOnly(),
                grant.sfu());
    }
}
