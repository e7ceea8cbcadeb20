package io.roomcast.chat.internal.call;

import io.roomcast.chat.command.SignalCall;
import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.CallSignalKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what nodes send each other about calls as a list of texts, and reads it. A field that has no value is empty. New
 * fields may follow the others, as readers ignore them.
 */
final class CallFields {
    private static final String YES = "1";
    private static final String NO = "0";

    /** A signal, and who sent it. */
    record Signal(SignalCall signal, String from) {}

    private final Deque<String> fields;

    private CallFields(List<String> fields) {
        this.fields = new ArrayDeque<>(fields);
    }

    static List<String> write(SignalCall signal, String from) {
        List<String> out = new ArrayList<>(
                List.of(signal.callId(), signal.to(), from, signal.kind().name()));
        if (signal.data() != null) {
            out.add(signal.data());
        }
        return out;
    }

    /**
     * Returns a signal.
     *
     * @throws RuntimeException if the fields are not those of a signal
     */
    static Signal readSignal(List<String> fields) {
        CallFields in = new CallFields(fields);
        String callId = in.text();
        String to = in.text();
        String from = in.text();
        CallSignalKind kind = CallSignalKind.valueOf(in.text());
        return new Signal(new SignalCall(callId, to, kind, in.fields.poll()), from);
    }

    static List<String> write(CallNotice notice) {
        List<String> out = new ArrayList<>(List.of(
                notice.callId(),
                notice.conversationId(),
                notice.startedBy(),
                notice.media().name(),
                Long.toString(notice.startedAt().toEpochMilli()),
                Long.toString(notice.revision()),
                notice.duration() == null ? "" : Long.toString(notice.duration().toMillis())));
        out.add(Integer.toString(notice.ringing().size()));
        out.addAll(notice.ringing());
        out.add(Integer.toString(notice.peers().size()));
        notice.peers().forEach(peer -> write(out, peer));
        out.add(Integer.toString(notice.facts().size()));
        notice.facts().forEach(fact -> write(out, fact));
        return out;
    }

    private static void write(List<String> out, CallPeer peer) {
        out.add(peer.participantId());
        out.add(Integer.toString(peer.index()));
        out.add(peer.userId());
        out.add(flag(peer.audio()));
        out.add(flag(peer.video()));
        out.add(flag(peer.screen()));
        out.add(flag(peer.away()));
    }

    private static String flag(boolean value) {
        return value ? YES : NO;
    }

    private static void write(List<String> out, CallFact fact) {
        out.add(fact.kind().name());
        out.add(flag(fact.peer() != null));
        if (fact.peer() != null) {
            write(out, fact.peer());
        }
        out.add(fact.userId() == null ? "" : fact.userId());
        out.add(fact.outcome() == null ? "" : fact.outcome().name());
        out.add(fact.reason() == null ? "" : fact.reason().name());
    }

    /**
     * Returns a notice.
     *
     * @throws RuntimeException if the fields are not those of a notice
     */
    static CallNotice readNotice(List<String> fields) {
        CallFields in = new CallFields(fields);
        return new CallNotice(
                in.text(),
                in.text(),
                in.text(),
                CallMedia.valueOf(in.text()),
                Instant.ofEpochMilli(in.number()),
                in.number(),
                in.duration(),
                new LinkedHashSet<>(in.list(in::text)),
                in.list(in::peer),
                in.list(in::fact));
    }

    private String text() {
        return fields.remove();
    }

    private long number() {
        return Long.parseLong(text());
    }

    private boolean flag() {
        return text().equals(YES);
    }

    private @Nullable Duration duration() {
        String millis = text();
        return millis.isEmpty() ? null : Duration.ofMillis(Long.parseLong(millis));
    }

    private <T> List<T> list(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (long left = number(); left > 0; left--) {
            list.add(element.get());
        }
        return list;
    }

    private CallPeer peer() {
        return new CallPeer(text(), (int) number(), text(), flag(), flag(), flag(), flag());
    }

    private CallFact fact() {
        CallFact.Kind kind = CallFact.Kind.valueOf(text());
        CallPeer peer = flag() ? peer() : null;
        String userId = text();
        String outcome = text();
        String reason = text();
        return new CallFact(
                kind,
                peer,
                userId.isEmpty() ? null : userId,
                outcome.isEmpty() ? null : CallOutcome.valueOf(outcome),
                reason.isEmpty() ? null : CallLeaveReason.valueOf(reason));
    }
}
