package io.roomcast.chat.internal.port;

import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.ChatStats;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.UploadOutcome;
import io.roomcast.chat.spi.ChatMetrics;
import io.roomcast.chat.spi.PushResult;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes measurements to the host's metrics, and logs what these throw. Safe for use by any thread. */
final class GuardedMetrics implements ChatMetrics {
    private final HostPort port = new HostPort("metrics");
    private final ChatMetrics metrics;

    private GuardedMetrics(ChatMetrics metrics) {
        this.metrics = metrics;
    }

    /** Returns the given metrics, guarded. Returns {@link ChatMetrics#none()} as it is. */
    public static ChatMetrics of(ChatMetrics metrics) {
        return metrics == ChatMetrics.none() ? metrics : new GuardedMetrics(metrics);
    }

    @Override
    public void onStart(Supplier<ChatStats> stats) {
        port.run(() -> metrics.onStart(stats));
    }

    @Override
    public void onTransport(String transport, IntSupplier connections) {
        port.run(() -> metrics.onTransport(transport, connections));
    }

    @Override
    public void onDisconnect(String reason) {
        port.run(() -> metrics.onDisconnect(reason));
    }

    @Override
    public void onSlowClient() {
        port.run(metrics::onSlowClient);
    }

    @Override
    public void onAnswer(String event, @Nullable ErrorCode refusal) {
        port.run(() -> metrics.onAnswer(event, refusal));
    }

    @Override
    public void onRefusedRequest(String reason) {
        port.run(() -> metrics.onRefusedRequest(reason));
    }

    @Override
    public void onPersisted() {
        port.run(metrics::onPersisted);
    }

    @Override
    public void onStoreCall(String operation, Duration took, @Nullable ErrorCode failure) {
        port.run(() -> metrics.onStoreCall(operation, took, failure));
    }

    @Override
    public void onBroadcast(int recipients) {
        port.run(() -> metrics.onBroadcast(recipients));
    }

    @Override
    public void onFrameSent() {
        port.run(metrics::onFrameSent);
    }

    @Override
    public void onFrameReceived(Duration lag) {
        port.run(() -> metrics.onFrameReceived(lag));
    }

    @Override
    public void onFrameDropped(String reason) {
        port.run(() -> metrics.onFrameDropped(reason));
    }

    @Override
    public void onFollower(String follower, Supplier<Duration> lag) {
        port.run(() -> metrics.onFollower(follower, lag));
    }

    @Override
    public void onWebhook(String outcome) {
        port.run(() -> metrics.onWebhook(outcome));
    }

    @Override
    public void onUpload(UploadOutcome outcome, long bytes) {
        port.run(() -> metrics.onUpload(outcome, bytes));
    }

    @Override
    public void onPush(String platform, PushResult.Outcome outcome) {
        port.run(() -> metrics.onPush(platform, outcome));
    }

    @Override
    public void onCall(CallOutcome outcome) {
        port.run(() -> metrics.onCall(outcome));
    }

    @Override
    public void onGapFill() {
        port.run(metrics::onGapFill);
    }

    @Override
    public void onResync() {
        port.run(metrics::onResync);
    }
}
