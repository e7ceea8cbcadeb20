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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the page with the contract and the client. The client handles each event in a part whose state the page
 * follows, and the page uses each field of that state.
 */
class PageEventsTest {
    private static final Path PAGE = Path.of("src/main/resources/page");
    private static final Path RESOURCES = Path.of("../../chat-socketio/src/main/resources/io/roomcast/chat/socketio");

    /** How the page follows a part of the client. */
    private static final Map<String, String> FOLLOWED = Map.of(
            "connection", "chat.subscribe(",
            "room", "room.subscribe(",
            "changes", "room.subscribe(",
            "activity", "room.subscribe(",
            "users", "chat.users.subscribe(",
            "details", "room.loadDetails(",
            "room-call", "room.subscribe(",
            "inbox", "chat.inbox.subscribe(",
            "presence", "chat.presence.subscribe(");

    private static final String ACKNOWLEDGED = "each command of the page requests an acknowledgement";

    private static final String IN_CALLS = "roomcast-calls.js handles it, whose state the page follows";

    private static final Map<String, String> NOT_RECEIVED = Map.ofEntries(
            Map.entry("messageError", ACKNOWLEDGED),
            Map.entry("chatError", ACKNOWLEDGED),
            Map.entry("incomingCall", IN_CALLS),
            Map.entry("callAccepted", IN_CALLS),
            Map.entry("callUpdated", IN_CALLS),
            Map.entry("callDeclined", IN_CALLS),
            Map.entry("callSignal", IN_CALLS),
            Map.entry("callLeft", IN_CALLS),
            Map.entry("customEvent", "the page has no events of its own"));

    private static final String NO_MEDIA_SERVER = "the bundled server has no media server";

    private static final Map<String, String> NOT_SHOWN = Map.of(
            "unsent", "the rows of unsent messages show it",
            "InboxSnapshot.failure", "without an inbox, the page lists the rooms that were opened by name",
            "CallsSnapshot.supported",
                    "the page offers calls where the server has them, and says why a browser has none",
            "CurrentCall.mode", NO_MEDIA_SERVER,
            "CurrentCall.sfu", NO_MEDIA_SERVER,
            "CallSelf.participantId", "the user's own tile is there once",
            "CallParticipant.index", "the participants are in this order",
            "CallDevices.speakers", "the browser plays on the speaker of the system");

    private static final Pattern SENT = Pattern.compile("(?m)^  (\\w+): \\(payload: \\w+Event\\) => void;");
    private static final Pattern HANDLED = Pattern.compile("(?m)^  (\\w+): \\[(.*)],$");
    private static final Pattern LISTENED = Pattern.compile("\\bchat\\.on\\(\"(\\w+)\"");
    private static final Pattern FIELD = Pattern.compile("(?m)^  readonly (\\w+)\\??:");

    private final String scripts = String.join("\n", scripts());

    @Test
    void page_follows_a_part_of_the_client_for_every_event_of_the_server() {
        Set<String> expected = new TreeSet<>(events());
        expected.removeAll(NOT_RECEIVED.keySet());

        assertThat(handlers().entrySet().stream()
                        .filter(handler -> Stream.of(handler.getValue().split(", "))
                                .map(part -> FOLLOWED.getOrDefault(part.replace("\"", ""), "no such part"))
                                .anyMatch(scripts::contains))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void page_listens_only_to_events_of_the_contract() {
        assertThat(names(LISTENED, scripts)).isNotEmpty().isSubsetOf(events());
    }

    @Test
    void page_follows_the_calls_of_the_client() {
        assertThat(scripts).contains("calls.subscribe(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ChatSnapshot", "RoomSnapshot", "InboxSnapshot"})
    void page_uses_every_field_of_a_state(String type) {
        assertUsed(type, "client/roomcast.d.ts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CallsSnapshot",
                "CurrentCall",
                "CallSelf",
                "CallParticipant",
                "EndedCall",
                "CallDevices",
                "CallDevice"
            })
    void page_uses_every_field_of_a_call(String type) {
        assertUsed(type, "client/roomcast-calls.d.ts");
    }

    private void assertUsed(String type, String file) {
        String types = read(RESOURCES.resolve(file));
        String fields = types.substring(types.indexOf("interface " + type + ' '));

        assertThat(names(FIELD, fields.substring(0, fields.indexOf("\n}"))))
                .isNotEmpty()
                .filteredOn(field -> !NOT_SHOWN.containsKey(field) && !NOT_SHOWN.containsKey(type + '.' + field))
                .allSatisfy(field -> assertThat(scripts).containsPattern("[.{,] ?" + field + "\\b"));
    }

    private static List<String> events() {
        return names(SENT, read(RESOURCES.resolve("contract/chat-events.d.ts")));
    }

    /** Returns the parts of the client that handle each event. */
    private static Map<String, String> handlers() {
        return HANDLED.matcher(read(RESOURCES.resolve("client/events.js")))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
