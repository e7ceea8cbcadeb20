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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the examples' README says in numbers and names is so. */
class ExamplesReadmeTest {
    private static final Map<String, Command<?>> KINDS = Map.of(
            "messages", SendMessage.of("r", "a", MessageType.TEXT, "hi", null, null),
            "typing and viewing", new StartTyping("r", "a"),
            "joining rooms", new JoinRoom("r"),
            "`markDelivered`, `markRead`", new MarkRead("r", 1),
            "leaving rooms", new LeaveRoom("r"),
            "reading messages and receipts", new GetMessages("r", null, null, null, null),
            "everything else", new GetConversations(null, null));

    private static String readme;

    @BeforeAll
    static void read() throws IOException {
        readme = Files.readString(Path.of("../README.md"));
    }

    static Stream<String> kinds() {
        return KINDS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void rate_is_the_one_that_holds(String kind) {
        String[] row = row(kind).split("\\|");
        long aSecond = Long.parseLong(row[2].strip());
        long atOnce = Long.parseLong(row[3].strip());
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
    void type_is_in_the_table(MessageType type) {
        assertThat(readme.lines().filter(line -> line.startsWith("|")))
                .anyMatch(line -> line.contains("`" + type.wireName() + "`"));
    }

    @Test
    void files_that_it_leads_to_are_there() {
        assertThat(readme.lines()
                        .flatMap(line -> Pattern.compile("\\]\\(([^)#]+)[^)]*\\)")
                                .matcher(line)
                                .results())
                        .map(link -> Path.of("..").resolve(link.group(1))))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).exists());
    }

    private static String row(String kind) {
        return readme.lines()
                .filter(line -> line.startsWith("| " + kind + " |"))
                .findFirst()
                .orElseThrow();
    }
}
