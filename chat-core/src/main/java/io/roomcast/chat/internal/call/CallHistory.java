package io.roomcast.chat.internal.call;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.model.Session;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores one message about each ended call. Its idempotency key is the id of the call, so that there is never a second one.
 * Safe for use by any thread; never blocks.
 */
public final class CallHistory {
    /** Runs commands of the host, or of a user. */
    public interface Runner {
        /** Runs a command; the session is null for the host. */
        <R> void run(@Nullable Session session, Command<R> command, Command.Reply<R> reply);
    }

    /** Knows which messages users have read. */
    public interface ReadPositions {
        /** Returns whether the user has read the message before. May block. */
        boolean hasReadUpTo(String conversationId, String userId, long seq);
    }

    private final Runner runner;
    private final ReadPositions positions;
    private final Executor workers;

    CallHistory(Runner runner, ReadPositions positions, Executor workers) {
        this.runner = runner;
        this.positions = positions;
        this.workers = workers;
    }

    /**
     * Stores the message about an ended call.
     *
     * @param done is called later, with whether the message is stored or can never be
     */
    void record(Call call, Consumer<Boolean> done) {
        runner.run(null, message(call), new Command.Reply<>() {
            @Override
            public void succeeded(SendMessage.Sent result) {
                done.accept(true);
                workers.execute(() -> markRead(call, result.message()));
            }

            @Override
            public void failed(ChatException refusal) {
                done.accept(!refusal.code().retryable());
            }
        });
    }

    /** Users who took part, and had read all before, have read the message. The sender's own is read anyway. */
    private void markRead(Call call, Message message) {
        call.users().stream()
                .filter(userId -> !userId.equals(message.senderId()))
                .filter(userId -> isRead(message, userId))
                .forEach(userId -> runner.run(
                        Session.detached(Principal.of(userId)),
                        new MarkRead(message.conversationId(), message.seq()),
                        Ignored.instance()));
    }

    private boolean isRead(Message message, String userId) {
        try {
            return positions.hasReadUpTo(message.conversationId(), userId, message.seq() - 1);
        } catch (ChatException unavailable) {
            return false;
        }
    }

    private static SendMessage message(Call call) {
        return new SendMessage(
                call.conversationId(),
                call.startedBy(),
                MessageType.CALL,
                text(call),
                List.of(),
                call.callId(),
                null,
                List.of(),
                metadata(call),
                null,
                null,
                null);
    }

    /** Returns the text for clients that know nothing of calls. */
    static String text(Call call) {
        String name = call.media() == CallMedia.VIDEO ? "Video call" : "Call";
        return switch (requireNonNull(call.outcome())) {
            case COMPLETED -> name + ", " + clock(call);
            case LOST -> name + ", connection lost";
            case FAILED -> name + ", no connection";
            case DECLINED -> name + " declined";
            case CANCELLED -> name + " cancelled";
            case MISSED, BUSY, ANSWERED_ELSEWHERE, DECLINED_ELSEWHERE -> "Missed " + name.toLowerCase(Locale.ROOT);
        };
    }

    /** Returns the duration in minutes and seconds, or hours, minutes and seconds. */
    private static String clock(Call call) {
        Duration duration = requireNonNull(CallNotice.durationOf(call));
        return duration.toHours() == 0
                ? format("%d:%02d", duration.toMinutes(), duration.toSecondsPart())
                : format("%d:%02d:%02d", duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }

    /** Writes numbers in the same digits on each server. */
    private static String format(String pattern, Object... numbers) {
        return String.format(Locale.ROOT, pattern, numbers);
    }

    /** The ids of calls contain no character that JSON escapes. */
    static String metadata(Call call) {
        CallOutcome outcome = requireNonNull(call.outcome());
        Duration duration = CallNotice.durationOf(call);
        return "{\"call\":{\"callId\":\"" + call.callId() + "\",\"media\":\""
                + call.media().wireName() + "\",\"outcome\":\"" + outcome.wireName() + "\""
                + (duration == null ? "" : ",\"durationMs\":" + duration.toMillis())
                + ",\"participants\":" + call.users().size() + "}}";
    }

    /** A reply without effect. */
    private static final class Ignored<R> implements Command.Reply<R> {
        private static <R> Ignored<R> instance() {
            return new Ignored<>();
        }

        @Override
        public void succeeded(R result) {}

        @Override
        public void failed(ChatException refusal) {}
    }
}
