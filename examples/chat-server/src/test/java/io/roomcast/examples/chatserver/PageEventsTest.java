package io.roomcast.examples.chatserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the events that the page receives with those of the contract. */
class PageEventsTest {
    private static final Path PAGE = Path.of("src/main/resources/page");
    private static final Path CONTRACT =
            Path.of("../../chat-socketio/src/main/resources/io/roomcast/chat/socketio/contract/chat-events.d.ts");

    private static final String ACKNOWLEDGED = "each command of the page requests an acknowledgement";

    private static final Map<String, String> NOT_RECEIVED = Map.of(
            "messagesBatch", "the page does not request the feature",
            "messageError", ACKNOWLEDGED,
            "chatError", ACKNOWLEDGED);

    private static final Pattern SENT = Pattern.compile("(?m)^  (\\w+): \\(payload: \\w+Event\\) => void;");
    private static final Pattern RECEIVED = Pattern.compile("\\b(?:receive|socket\\.on)\\(\"(\\w+)\"");
    private static final Pattern LISTED = Pattern.compile("(?m)^  \"(\\w+)\",$");
    private static final Pattern HANDLED = Pattern.compile("(?m)^    (\\w+): \\(.*\\) =>");

    @Test
    void page_receives_every_event_of_the_server() {
        Set<String> received = new TreeSet<>(roomEvents());
        scripts().forEach(script -> received.addAll(names(RECEIVED, script)));
        Set<String> expected = new TreeSet<>(names(SENT, read(CONTRACT)));
        expected.removeAll(NOT_RECEIVED.keySet());

        assertThat(received).containsAll(expected);
    }

    @Test
    void open_room_handles_every_event_that_it_is_passed() {
        String room = read(PAGE.resolve("model/room.js"));
        int start = room.indexOf("const handlers = {");
        String handlers = room.substring(start, room.indexOf("\n  };", start));
        Set<String> passed = new TreeSet<>(roomEvents());
        passed.add("receiveMessage");

        assertThat(names(HANDLED, handlers)).containsExactlyInAnyOrderElementsOf(passed);
    }

    private static List<String> roomEvents() {
        String script = read(PAGE.resolve("model/server-events.js"));
        return names(LISTED, script.substring(0, script.indexOf("];")));
    }

    private static List<String> scripts() {
        try (Stream<Path> files = Files.walk(PAGE)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .filter(file -> !file.toString().contains("vendor"))
                    .map(PageEventsTest::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
