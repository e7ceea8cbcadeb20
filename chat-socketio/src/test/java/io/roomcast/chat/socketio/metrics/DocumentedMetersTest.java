package io.roomcast.chat.socketio.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.ChatStats;
import io.roomcast.chat.model.UploadOutcome;
import io.roomcast.chat.spi.PushResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the README's table of meters with those that are registered. */
class DocumentedMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void table_has_all_meters_with_kind_and_tags() throws IOException {
        registerAll(new MicrometerChatMetrics(registry));
        assertThat(registry.getMeters().stream().map(DocumentedMetersTest::row))
                .containsExactlyInAnyOrderElementsOf(documented());
    }

    private static void registerAll(MicrometerChatMetrics metrics) {
        metrics.onStart(() -> new ChatStats(0, 0, 0, 0, 0, 0, 1, false));
        metrics.onTransport("websocket", () -> 0);
        metrics.onDisconnect("ping_timeout");
        metrics.onRefusedRequest("foreign_origin");
        metrics.onFollower("crm", () -> Duration.ZERO);
        metrics.onWebhook("accepted");
        metrics.onUpload(UploadOutcome.SENT, 1);
        metrics.onPush("web", PushResult.Outcome.DELIVERED);
        metrics.onCall(CallOutcome.COMPLETED);
        metrics.onFrameDropped("stale");
        metrics.onAnswer("sendMessage", null);
        metrics.onStoreCall("append", Duration.ZERO, null);
    }

    private static String row(Meter meter) {
        String kind = meter.getId().getType().name().toLowerCase(Locale.ROOT).replace("distribution_", "");
        String tags = meter.getId().getTags().stream()
                .map(Tag::getKey)
                .map(key -> "`" + key + "`")
                .collect(Collectors.joining(", "));
        return String.join("|", "`" + meter.getId().getName() + "`", kind, tags);
    }

    private static List<String> documented() throws IOException {
        return Files.readString(Path.of("README.md"))
                .lines()
                .filter(line -> line.startsWith("| `chat."))
                .map(line -> line.split("\\|"))
                .map(cells -> String.join("|", cells[1].strip(), cells[2].strip(), cells[3].strip()))
                .toList();
    }
}
