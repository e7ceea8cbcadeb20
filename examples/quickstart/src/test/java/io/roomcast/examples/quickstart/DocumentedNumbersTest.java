package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.MarkRead;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.spi.RateLimiter;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares numbers and names in the documents with the code. */
class DocumentedNumbersTest {
    private static final Map<String, Command<?>> KINDS = Map.of(
            "sendMessage", SendMessage.text("r", "hi").from("a"),
            "typing", new StartTyping("r", "a"),
            "joins", JoinRoom.of("r"),
            "receipts", new MarkRead("r", 1),
            "leaves", new LeaveRoom("r"),
            "reads", GetMessages.latest("r"),
            "others", GetConversations.first());

    private static final String SERVER = "chat-socketio/README.md";
    private static final String EVENTS = "chat-socketio/EVENTS.md";

    static Stream<String> kinds() {
        return KINDS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void rate_is_the_one_that_holds(String kind) throws IOException {
        String[] row = row(kind).split("\\|");
        long aSecond = Long.parseLong(row[3].strip());
        long atOnce = Long.parseLong(row[4].strip());
        RateLimiter limiter = RateLimiter.tokenBuckets();
        long begin = System.nanoTime();
        long granted = 0;
        while (limiter.acquire("ann", KINDS.get(kind)).isZero()) {
            granted++;
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertThat(granted).isBetween(atOnce, atOnce + 1 + (long) (seconds * aSecond));
        assertThat(limiter.acquire("ann", KINDS.get(kind)))
                .isLessThanOrEqualTo(Duration.ofNanos(1_000_000_000 / aSecond));
    }

    @ParameterizedTest
    @EnumSource
    void type_is_documented(MessageType type) throws IOException {
        assertThat(MarkdownFiles.section(EVENTS, "Events from clients")).contains("`" + type.wireName() + "`");
    }

    private static String row(String kind) throws IOException {
        return MarkdownFiles.section(SERVER, "Rate limits")
                .lines()
                .filter(line -> line.startsWith("| `" + kind + "` |"))
                .findFirst()
                .orElseThrow();
    }
}
